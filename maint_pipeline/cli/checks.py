"""`maint checks`: the checks, their latest results, and the ignored findings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.cli.app import connected
from maint_pipeline.cli.cells import cell
from maint_pipeline.cli.completion import (
    complete_check,
    complete_check_category,
    complete_finding,
    complete_ignored,
    complete_severity,
)
from maint_pipeline.cli.durations import duration
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, print_fields, print_rows
from maint_pipeline.cli.severities import at_least
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[
    str,
    typer.Argument(help="The check's name.", metavar="CHECK", autocompletion=complete_check),
]
COLUMNS = ("severity", "name", "status", "findings", "problem")
FINDING_COLUMNS = ("severity", "object", "detail", "fix", "fingerprint")

checks_app = listing_group(
    "checks", "The checks and their latest results. Without a command it lists them."
)


@checks_app.command("list")
def list_checks(
    findings: Annotated[
        bool, typer.Option("--findings", help="Only those that found something or failed.")
    ] = False,
    severity: Annotated[
        str | None,
        typer.Option(
            help="Only of this severity or a higher one.", autocompletion=complete_severity
        ),
    ] = None,
    category: Annotated[
        str | None,
        typer.Option(
            help="Only security, backups or health.", autocompletion=complete_check_category
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the checks, with the latest result of each.

    Example: maint checks --findings --severity high
    """
    from maint_pipeline.checks.catalog import CATEGORIES
    from maint_pipeline.checks.run import check_rows

    severe = at_least(severity)
    if category not in (None, *CATEGORIES):
        raise UsageError(f"There is no category {category}: it is {' or '.join(CATEGORIES)}.")
    with connected() as (_, connection):
        rows = [
            row
            for row in check_rows(connection)
            if row["severity"] in severe
            and category in (None, row["category"], *row["also_in"])
            and not (findings and row["status"] not in ("findings", "failed"))
        ]
    if as_json:
        print_rows(rows, (), as_json=True, empty="")
    else:
        _print_checks(rows)


def _print_checks(rows: list[dict[str, Any]]) -> None:
    """Print what needs a look as a table, and what passed in one line."""
    passed = [row["name"] for row in rows if row["enabled"] and row["status"] == "passed"]
    others = [{**row, "status": _status(row)} for row in rows if row["name"] not in passed]
    order = {status: place for place, status in enumerate(("failed", "findings"))}
    others.sort(key=lambda row: (order.get(row["status"], 9), SEVERITIES.index(row["severity"])))
    if others or not rows:
        print_rows(others, COLUMNS, as_json=False, empty="No such check.")
    if passed:
        console.print(f"\n{len(passed)} passed: {', '.join(passed)}", highlight=False)
    if times := [row["evaluated_at"] for row in rows if row["evaluated_at"]]:
        console.print(
            f"\nEvaluated between {cell('', min(times))} and {cell('', max(times))}.",
            highlight=False,
        )


def _status(row: dict[str, Any]) -> str:
    if not row["enabled"]:
        return "disabled"
    return row["status"] or "not evaluated yet"


@checks_app.command()
def run(name: Name, as_json: AsJson = False) -> None:
    """Evaluate one check now, update its alerts, and show its findings.

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
    fingerprint: Annotated[
        str,
        typer.Argument(
            help="CHECK:OBJECT, as alerts and findings have it.", autocompletion=complete_finding
        ),
    ],
    note: Annotated[str, typer.Option(help="Why it is no problem here.")],
    for_: Annotated[
        str | None,
        typer.Option("--for", help="How long: 12h, 30d, 8w. For good otherwise.", metavar="TIME"),
    ] = None,
) -> None:
    """Suppress a finding until a date, or until you unignore it. Resolves its open alert at once.

    Example: maint checks ignore "table_without_primary_key:public.log" --note "append only" --for 26w
    """  # noqa: E501
    from maint_pipeline.checks.ignored import ignore_finding

    until = None if for_ is None else datetime.now(UTC) + duration("--for", for_)
    with connected() as (_, connection):
        is_known = ignore_finding(connection, fingerprint, note, until)
    console.print(f"Ignored until {until:%Y-%m-%d %H:%M} UTC." if until else "Ignored for good.")
    if not is_known:
        console.print("No alert has had this fingerprint yet: is it spelled as in maint alerts?")


@checks_app.command()
def unignore(
    fingerprint: Annotated[
        str,
        typer.Argument(help="CHECK:OBJECT, as it was ignored.", autocompletion=complete_ignored),
    ],
) -> None:
    """Report a finding again that was ignored.

    Example: maint checks unignore "table_without_primary_key:public.log"
    """
    from maint_pipeline.checks.ignored import unignore_finding

    with connected() as (_, connection):
        done = unignore_finding(connection, fingerprint)
    console.print("No longer ignored." if done else "It was not ignored.")


@checks_app.command()
def ignored(as_json: AsJson = False) -> None:
    """List the ignored findings.

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
