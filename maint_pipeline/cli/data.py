"""Commands that list what the database holds: alerts, checks, policies, windows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated, LiteralString
from uuid import UUID

import psycopg
import typer

from maint_pipeline.alerts.unresolved import resolve_alert as resolve
from maint_pipeline.alerts.unresolved import unresolved_alerts
from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

CHECKS = """
select checks.name, checks.category, checks.severity, checks.title, checks.enabled,
    results.status, results.findings, results.problem, results.evaluated_at
from maint.checks
left join maint.check_results as results on results.check_name = checks.name
order by checks.category, checks.name
"""
POLICIES = """
select name, table_schema, table_name, time_column, condition, keep::text as keep, action, enabled,
    built_in
from maint.retention_policies
order by name
"""
WINDOWS = """
select name, days, opens::text as opens, closes::text as closes, time_zone, tasks, enabled
from maint.maintenance_windows
order by name
"""

alerts_app = typer.Typer(invoke_without_command=True)
app.add_typer(alerts_app, name="alerts")


@alerts_app.callback()
def alerts(context: typer.Context, as_json: AsJson = False) -> None:
    """List the open security alerts, gravest first.

    Example: maint alerts --json
    """
    if context.invoked_subcommand is None:
        with _connected() as connection:
            rows = unresolved_alerts(connection)
        columns = ("severity", "description", "created_at", "id")
        print_rows(rows, columns, as_json=as_json, empty="No open alert.")


@alerts_app.command("resolve")
def resolve_alert(
    alert_id: Annotated[UUID, typer.Argument(help="The alert's id.")],
    notes: Annotated[str | None, typer.Option(help="Why it is resolved.")] = None,
) -> None:
    """Resolve an alert by hand.

    Example: maint alerts resolve 6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b --notes "key rotated"
    """
    with _connected() as connection:
        try:
            resolved = resolve(connection, alert_id, notes)
        except psycopg.errors.NoDataFound as error:
            raise UsageError(str(error.diag.message_primary)) from None
    console.print("Resolved." if resolved else "It was resolved before.")


@app.command()
def checks(as_json: AsJson = False) -> None:
    """List the checks, with what each saw when it was last evaluated.

    Example: maint checks
    """
    columns = ("category", "name", "severity", "status", "findings", "evaluated_at", "problem")
    _list(CHECKS, columns, as_json, "No check is installed.")


@app.command()
def policies(as_json: AsJson = False) -> None:
    """List the retention policies.

    Example: maint policies
    """
    columns = ("name", "table_name", "time_column", "condition", "keep", "enabled")
    _list(POLICIES, columns, as_json, "No retention policy.")


@app.command()
def windows(as_json: AsJson = False) -> None:
    """List the maintenance windows.

    Example: maint windows
    """
    columns = ("name", "days", "opens", "closes", "time_zone", "tasks", "enabled")
    _list(WINDOWS, columns, as_json, "No maintenance window: schedules may start at any time.")


@contextmanager
def _connected() -> Iterator[Connection]:
    with configured() as (_, url), closing(connect(url, application_name="maint")) as connection:
        yield connection


def _list(query: LiteralString, columns: tuple[str, ...], as_json: bool, empty: str) -> None:
    with _connected() as connection:
        rows = connection.execute(query).fetchall()
    print_rows(rows, columns, as_json=as_json, empty=empty)
