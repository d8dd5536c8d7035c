"""`maint alerts`: the open alerts, and what to do with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.durations import duration
from maint_pipeline.cli.output import console, print_fields, print_rows
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AlertId = Annotated[UUID, typer.Argument(help="The alert's id.", metavar="ALERT_ID")]
Note = Annotated[str | None, typer.Option(help="Why, for others to read later.")]
COLUMNS = ("severity", "description", "created_at", "occurrences", "state", "id")

alerts_app = typer.Typer(invoke_without_command=True)
app.add_typer(alerts_app, name="alerts")


@alerts_app.callback()
def alerts(
    context: typer.Context,
    severity: Annotated[str | None, typer.Option(help="Only of this severity or higher.")] = None,
    check: Annotated[str | None, typer.Option(help="Only of this check.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the open security alerts, most severe first.

    Example: maint alerts --severity high --json
    """
    if severity is not None and severity not in SEVERITIES:
        raise UsageError(f"There is no severity {severity}: it is one of {', '.join(SEVERITIES)}.")
    if context.invoked_subcommand is None:
        from maint_pipeline.alerts.actions import unresolved_alerts

        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity else SEVERITIES
        with connected() as (_, connection):
            rows = [
                row
                for row in unresolved_alerts(connection)
                if row["severity"] in wanted and check in (None, row["alert_type"])
            ]
            if check and not rows:
                _assert_check(connection, check)
        shown = rows if as_json else [{**row, "state": _state(row)} for row in rows]
        print_rows(shown, COLUMNS, as_json=as_json, empty="No open alert.")


def _assert_check(connection: Connection, name: str) -> None:
    """Refuse a name that no alert can have: none of it being open would sound like good news."""
    from maint_pipeline.alerts.messages import OF_MAINTENANCE

    query = "select from maint.checks where name = %s"
    if name not in OF_MAINTENANCE and not connection.execute(query, [name]).rowcount:
        raise UsageError(f"There is no check {name}. maint checks lists them.")


@alerts_app.command()
def show(alert_id: AlertId, as_json: AsJson = False) -> None:
    """Show all details of one alert, open or not.

    Example: maint alerts show 6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b
    """
    from maint_pipeline.alerts.actions import one_alert

    with connected() as (_, connection):
        row = one_alert(connection, alert_id)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
        return
    details = row.pop("details") or {}
    print_fields({**row, **details})


@alerts_app.command("ack")
def acknowledge(alert_id: AlertId, note: Note = None) -> None:
    """Acknowledge an alert: you are working on it. It stays open; a higher severity ends this.

    Example: maint alerts ack 6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b --note "Ada is on it"
    """
    from maint_pipeline.alerts.actions import acknowledge_alert

    with connected() as (_, connection):
        _report(acknowledge_alert(connection, alert_id, note), "Acknowledged.")


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
    """Send no notifications of an alert for a while. It stays open; a higher severity ends this.

    Example: maint alerts silence 6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b --for 2d
    """
    from maint_pipeline.alerts.actions import silence_alert

    if (for_ is None) != end:
        raise UsageError("Give either a duration, for example --for 2d, or --end.")
    until = None if for_ is None else datetime.now(UTC) + duration("--for", for_)
    with connected() as (_, connection):
        done = silence_alert(connection, alert_id, until, note)
    _report(done, f"Silenced until {until:%Y-%m-%d %H:%M} UTC." if until else "No longer silenced.")


@alerts_app.command()
def resolve(
    alert_id: AlertId,
    notes: Annotated[str | None, typer.Option(help="Why it is resolved.")] = None,
) -> None:
    """Resolve an alert by hand.

    Example: maint alerts resolve 6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b --notes "key rotated"
    """
    from maint_pipeline.alerts.actions import resolve_alert

    with connected() as (_, connection):
        _report(resolve_alert(connection, alert_id, notes), "Resolved.")


def _report(done: bool, words: str) -> None:
    console.print(words if done else "It was resolved before.")


def _state(row: dict[str, Any]) -> str:
    if row["silenced_until"] and row["silenced_until"] > datetime.now(UTC):
        return f"silenced until {row['silenced_until'].astimezone():%Y-%m-%d %H:%M}"
    return "acknowledged" if row["acknowledged_at"] else ""
