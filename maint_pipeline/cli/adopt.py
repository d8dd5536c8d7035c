"""`maint adopt`: the first ten minutes with a database of your own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.output import console, print_rows

if TYPE_CHECKING:
    from maint_pipeline.database.application import ApplicationUrls
    from maint_pipeline.installation.adoption import Adoption, Line

_HEADINGS = {
    "change": "What migrating changes",
    "source": "Which of your tables is which source",
    "check": "What will be checked",
    "policy": "Tables that grow: policies for you to add, none is added by this",
}
_NEXT = (
    ("maint doctor", "says what is not checked, and why"),
    ("maint run run_automated_security_checks", "checks now; the schedule does so every hour"),
    ("maint alerts", "lists what needs attention"),
    ("maint policies preview cleanup_old_audit_logs", "shows what the daily cleanup would delete"),
)


@app.command()
def adopt(
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask: do what is planned.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON. Changes nothing without --yes.")
    ] = False,
    trust: Annotated[
        list[str] | None,
        typer.Option("--trust", metavar="ROLE", help="As for maint migrate."),
    ] = None,
    replace: Annotated[
        list[str] | None,
        typer.Option("--replace", metavar="NAME", help="As for maint migrate."),
    ] = None,
) -> None:
    """Adopt your own database: inspect it, propose, ask once, and set it up.

    Run it as an administrator, with MAINT_DATABASE_URL set. It shows what migrating changes, which
    tables most likely are your audit log, organizations and so on, what will be checked, and which
    tables grow. After you confirm it migrates and maps those tables. It adds no retention policy
    and names no administrators: you decide these. Safe to repeat.

    Example: maint adopt --yes --json
    """
    from maint_pipeline.installation.adoption import lines, look

    with configured() as (_, urls):
        adoption = look(urls, trust or (), replace or ())
        found = list(lines(adoption))
        if not as_json:
            _print(found)
        wanted = yes or (not as_json and not adoption.is_settled and _asked())
        done = _accept(urls, adoption, trust or (), replace or (), quiet=as_json) if wanted else []
    if as_json:
        rest = [line for line in found if not wanted or line.state != "planned"]
        print_rows([asdict(line) for line in [*done, *rest]], (), as_json=True, empty="")
    elif wanted or adoption.is_settled:
        _print_next(adoption)
    else:
        console.print("Nothing was changed.")
    if any(line.state == "failed" for line in done):
        raise typer.Exit(1)


def _asked() -> bool:
    if not sys.stdin.isatty():
        console.print("To do this, run maint adopt --yes.")
        return False
    return typer.confirm("Migrate, and map the tables that are planned?")


def _accept(
    urls: ApplicationUrls,
    adoption: Adoption,
    trust: Sequence[str],
    replace: Sequence[str],
    *,
    quiet: bool,
) -> list[Line]:
    from maint_pipeline.installation.adoption import accept

    def say(words: str) -> None:
        if not quiet:
            console.print(f"  {words}", markup=False, highlight=False)

    done = []
    for line in accept(urls, adoption, say, trust, replace):
        done.append(line)
        say(f"{line.object}: {line.state}. {line.detail}")
    return done


def _print(found: Sequence[Line]) -> None:
    for step, heading in _HEADINGS.items():
        mine = [line for line in found if line.step == step]
        if not mine:
            continue
        console.print(heading, style="bold")
        for line in mine:
            text = line.detail if step == "change" else f"{line.object} ({line.state})"
            console.print(f"  {text}", markup=False, highlight=False)
            if step != "change":
                console.print(f"    {line.detail}", markup=False, highlight=False, style="dim")
            if line.command and line.state not in ("planned", "in use"):
                console.print(f"    {line.command}", markup=False, highlight=False, soft_wrap=True)


def _print_next(adoption: Adoption) -> None:
    if adoption.is_settled:
        console.print("Nothing to do: this database is adopted.")
    console.print("Next", style="bold")
    for words, meaning in _NEXT:
        console.print(f"  {words}: {meaning}", markup=False, highlight=False)
