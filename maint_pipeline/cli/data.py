"""Commands that list what the database holds: policies, windows."""

from __future__ import annotations

from typing import Annotated, LiteralString

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.output import print_rows

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

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


def _list(query: LiteralString, columns: tuple[str, ...], as_json: bool, empty: str) -> None:
    with connected() as (_, connection):
        rows = connection.execute(query).fetchall()
    print_rows(rows, columns, as_json=as_json, empty=empty)
