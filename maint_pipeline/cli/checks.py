"""`maint checks`: what is looked at, what was seen, and which findings somebody lives with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.durations import duration
from maint_pipeline.cli.output import console, print_fields, print_rows
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="The check's name.", metavar="CHECK")]
Fingerprint = Annotated[str, typer.Argument(help="CHECK:OBJECT, as alerts and findings have it.")]
COLUMNS = ("category", "name", "severity", "status", "findings", "evaluated_at", "problem")
FINDING_COLUMNS = ("severity", "object", "detail", "fix", "fingerprint")

checks_app = typer.Typer(invoke_without_command=True)
app.add_typer(checks_app, name="checks")


@checks_app.callback()
def checks(context: typer.Context, as_json: AsJson = False) -> None:
    """List the checks, with what each saw when it was last evaluated.

    Example: maint checks
    """
    if context.invoked_subcommand is None:
        from maint_pipeline.checks.run import check_rows

        with connected() as (_, connection):
            rows = check_rows(connection)
        print_rows(rows, COLUMNS, as_json=as_json, empty="No check is installed.")


@checks_app.command()
def run(name: Name, as_json: AsJson = False) -> None:
    """Evaluate one check now, bring its alerts in line, and show what it sees.

    Example: maint checks run row_security_off
    """
    from maint_pipeline.checks.run import run_check

    with connected() as (_, connection):
        _known(connection, name)
        result = run_check(connection, name)
    rows = [{**row, "fix": row["metadata"].get("fix")} for row in result["sample"]]
    empty = f"{name}: {result['status']}. {result['problem'] or ''}".strip()
    print_rows(rows, FINDING_COLUMNS, as_json=as_json, empty=empty)
    if not as_json and result["findings"] > len(rows):
        console.print(f"{result['findings']} in all; maint alerts lists them.")
    if result["status"] == "failed":
        raise typer.Exit(1)


@checks_app.command()
def explain(name: Name) -> None:
    """Say what a check looks for, why that matters, what to do, and what it needs.

    Example: maint checks explain definer_function_callable
    """
    from maint_pipeline.checks.catalog import load_checks

    with connected() as (_, connection):
        row = _known(connection, name)
    (check,) = [check for check in load_checks() if check.name == name]
    fields: dict[str, Any] = {
        "check": check.name,
        "title": check.title,
        "severity": f"{check.severity}, because {check.because}",
        "what and why": check.description,
        "what to do": check.remediation,
        "what it can't see": check.cannot_see,
        "needs": ", ".join(check.needs),
        "thresholds": row["thresholds"],
        "enabled": "yes" if row["enabled"] else "no",
        "latest result": row["status"] or "not evaluated yet",
        "problem": row["problem"],
    }
    print_fields({name: value for name, value in fields.items() if value})


@checks_app.command()
def ignore(
    fingerprint: Fingerprint,
    reason: Annotated[str, typer.Option(help="Why it is no problem here.")],
    for_: Annotated[
        str | None,
        typer.Option("--for", help="How long: 12h, 30d, 8w. For good otherwise.", metavar="TIME"),
    ] = None,
) -> None:
    """Suppress a finding until a date, or until you unignore it.

    Example: maint checks ignore "table_without_primary_key:public.log" --reason "append only" --for 26w
    """  # noqa: E501
    from maint_pipeline.checks.ignored import ignore_finding

    until = None if for_ is None else datetime.now(UTC) + duration("--for", for_)
    with connected() as (_, connection):
        is_known = ignore_finding(connection, fingerprint, reason, until)
    console.print(f"Ignored until {until:%Y-%m-%d %H:%M} UTC." if until else "Ignored for good.")
    if not is_known:
        console.print(
            "No alert has had this fingerprint yet: is it spelled as maint alerts has it?"
        )


@checks_app.command()
def unignore(fingerprint: Fingerprint) -> None:
    """End the suppression of a finding: it raises an alert again.

    Example: maint checks unignore "table_without_primary_key:public.log"
    """
    from maint_pipeline.checks.ignored import unignore_finding

    with connected() as (_, connection):
        done = unignore_finding(connection, fingerprint)
    console.print("No longer ignored." if done else "It was not ignored.")


@checks_app.command()
def ignored(as_json: AsJson = False) -> None:
    """List the suppressed findings.

    Example: maint checks ignored --json
    """
    from maint_pipeline.checks.ignored import ignored_findings

    columns = ("fingerprint", "reason", "ignored_at", "ignored_until")
    with connected() as (_, connection):
        rows = ignored_findings(connection)
    print_rows(rows, columns, as_json=as_json, empty="No finding is ignored.")


def _known(connection: Connection, name: str) -> dict[str, Any]:
    from maint_pipeline.checks.run import check_rows

    for row in check_rows(connection):
        if row["name"] == name:
            return row
    raise UsageError(f"There is no check {name}. maint checks lists them.")
