"""`maint alerts`: the open alerts, and what to do with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import connected
from maint_pipeline.cli.completion import (
    complete_alert,
    complete_category,
    complete_check,
    complete_severity,
)
from maint_pipeline.cli.durations import duration, moment
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.cli.severities import at_least
from maint_pipeline.cli.shown_alerts import print_alert, print_alerts
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AlertId = Annotated[
    str,
    typer.Argument(
        help="The alert's id, its beginning (8 characters as in the list), or its fingerprint.",
        metavar="ALERT_ID",
        autocompletion=complete_alert,
    ),
]
Note = Annotated[str | None, typer.Option(help="Why, for others to read later.")]

alerts_app = listing_group(
    "alerts",
    "The open security alerts, most severe first. Without a command it lists them.",
)


@alerts_app.command("list")
def list_alerts(
    severity: Annotated[
        str | None,
        typer.Option(
            help="Only of this severity or a higher one.", autocompletion=complete_severity
        ),
    ] = None,
    check: Annotated[
        str | None, typer.Option(help="Only of this check.", autocompletion=complete_check)
    ] = None,
    category: Annotated[
        str | None,
        typer.Option(
            help="Only of this category: security, backups or maintenance.",
            autocompletion=complete_category,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Only what was raised since then: 12h, 2d, or a date.", metavar="TIME"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also resolved ones.")] = False,
    resolved: Annotated[bool, typer.Option("--resolved", help="Only resolved ones.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the open security alerts, most severe first, grouped by check.

    Example: maint alerts --severity high --since 2d
    """
    from maint_pipeline.alerts.actions import known_alerts, unresolved_alerts

    severe = at_least(severity)
    start = moment("--since", since) if since else None
    with connected() as (_, connection):
        wants_resolved = everything or resolved
        rows = known_alerts(connection) if wants_resolved else unresolved_alerts(connection)
        chosen = [
            row
            for row in rows
            if row["severity"] in severe
            and check in (None, row["alert_type"])
            and category in (None, _category(row))
            and (start is None or row["created_at"] >= start)
            and (not resolved or row["resolved"])
        ]
        if check and not chosen:
            _assert_check(connection, check)
    if as_json:
        print_rows(chosen, (), as_json=True, empty="")
    elif chosen:
        print_alerts(chosen)
    else:
        console.print("No alert." if wants_resolved else "No open alert.")


def _category(row: dict[str, Any]) -> Any:
    return (row["details"] or {}).get("category")


def _assert_check(connection: Connection, name: str) -> None:
    """Refuse a name that no alert can have: none of it being open would sound like good news."""
    from maint_pipeline.alerts.messages import OF_MAINTENANCE

    query = "select from maint.checks where name = %s"
    if name not in OF_MAINTENANCE and not connection.execute(query, [name]).rowcount:
        raise UsageError(f"There is no check {name}. maint checks lists them.")


@alerts_app.command()
def show(alert_id: AlertId, as_json: AsJson = False) -> None:
    """Show all details of one alert, open or not.

    Example: maint alerts show 6f0c1d0e
    """
    from maint_pipeline.alerts.actions import find_alert

    with connected() as (settings, connection):
        row = find_alert(connection, alert_id)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
    else:
        print_alert(row, settings)


@alerts_app.command("ack")
def acknowledge(alert_id: AlertId, note: Note = None) -> None:
    """Acknowledge an alert: you work on it. It stays open; a higher severity needs a new one.

    Example: maint alerts ack 6f0c1d0e --note "Ada is on it"
    """
    from maint_pipeline.alerts.actions import acknowledge_alert, find_alert

    with connected() as (_, connection):
        found = find_alert(connection, alert_id)["id"]
        _report(acknowledge_alert(connection, found, note), "Acknowledged.")


@alerts_app.command()
def silence(
    alert_id: AlertId,
    for_: Annotated[
        str | None,
        typer.Option("--for", help="How long: 30m, 12h, 2d, 1w.", metavar="DURATION"),
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="End a silence now.")] = False,
    note: Note = None,
) -> None:
    """Send no notification of an alert for a while. It stays open; a higher severity ends that.

    Example: maint alerts silence 6f0c1d0e --for 2d
    """
    from maint_pipeline.alerts.actions import find_alert, silence_alert

    if (for_ is None) != end:
        raise UsageError("Give either a duration, for example --for 2d, or --end.")
    until = None if for_ is None else datetime.now(UTC) + duration("--for", for_)
    with connected() as (_, connection):
        found = find_alert(connection, alert_id)["id"]
        done = silence_alert(connection, found, until, note)
    _report(done, f"Silenced until {until:%Y-%m-%d %H:%M} UTC." if until else "No longer silenced.")


@alerts_app.command()
def resolve(alert_id: AlertId, note: Note = None) -> None:
    """Resolve an alert by hand.

    Example: maint alerts resolve 6f0c1d0e --note "key rotated"
    """
    from maint_pipeline.alerts.actions import find_alert, resolve_alert

    with connected() as (_, connection):
        found = find_alert(connection, alert_id)["id"]
        _report(resolve_alert(connection, found, note), "Resolved.")


def _report(done: bool, words: str) -> None:
    console.print(words if done else "It was resolved before.")
