"""`maint baseline`: what functions, grants and settings are approved, and what differs."""

from __future__ import annotations

from typing import Annotated

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
KINDS = ("function", "grants", "setting")
_NOTHING_APPROVED = "Nothing is approved yet: maint baseline approve approves the current state."
_STYLES = {"+": "green", "-": "red", "@": "dim"}

baseline_app = typer.Typer(invoke_without_command=True)
app.add_typer(baseline_app, name="baseline")


@baseline_app.callback()
def baseline(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what is approved: how many functions, grants and settings, and since when.

    Example: maint baseline
    """
    if context.invoked_subcommand is None:
        from maint_pipeline.checks.baseline import baseline_summary

        with connected() as (_, connection):
            rows = baseline_summary(connection)
        empty = _NOTHING_APPROVED
        print_rows(rows, ("kind", "entries", "approved_at"), as_json=as_json, empty=empty)


@baseline_app.command()
def diff(as_json: AsJson = False) -> None:
    """Show what has changed since it was approved. The check drift_from_baseline reports the same.

    Example: maint baseline diff
    """
    from maint_pipeline.checks.baseline import baseline_drift, baseline_summary, difference

    with connected() as (_, connection):
        rows = baseline_drift(connection)
        is_approved = bool(baseline_summary(connection))
    if not is_approved and not as_json:
        console.print(_NOTHING_APPROVED)
        return
    if as_json or not rows:
        print_rows(rows, (), as_json=as_json, empty="Everything is as approved.")
        return
    for line in (line for row in rows for line in difference(row)):
        console.print(line, style=_STYLES.get(line[:1], ""), markup=False, highlight=False)


@baseline_app.command()
def approve(
    kind: Annotated[str | None, typer.Argument(help=f"One of {', '.join(KINDS)}.")] = None,
    name: Annotated[str | None, typer.Argument(help="One object, as diff names it.")] = None,
) -> None:
    """Approve the current state: of everything, one kind, or one object. Read the diff first.

    Example: maint baseline approve function "public.total()"
    """
    from maint_pipeline.checks.baseline import approve_baseline

    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind {kind}: it is one of {', '.join(KINDS)}.")
    with connected() as (_, connection):
        changed = approve_baseline(connection, kind, name)
    console.print(f"{changed} entries approved." if changed else "Nothing had changed.")
