"""`maint changes`: who changed what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.output import print_rows

COLUMNS = ("changed_at", "action", "table_name", "object", "detail", "by")
MOST_OF_A_VALUE = 120
_CHANGES = """
select id, changed_at, action, table_name, object, old_value, new_value, changed_by
from maint.get_maintenance_changes(%s)
"""


@app.command()
def changes(
    days: Annotated[int, typer.Option(help="How many days back.", min=1, max=3650)] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List who started tasks, handled alerts or changed the configuration, newest first.

    The history is append-only. A user after "says" is stated by the client and not verified.

    Example: maint changes --days 90
    """
    with connected() as (_, connection):
        rows = connection.execute(_CHANGES, [days]).fetchall()
    shown = rows if as_json else [_shown(row) for row in rows]
    empty = f"Nobody changed anything in the last {days} days."
    print_rows(shown, COLUMNS, as_json=as_json, empty=empty)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    old, new = row["old_value"] or {}, row["new_value"] or {}
    if row["action"] == "changed":
        parts = [f"{name} {_brief(old[name])} → {_brief(new[name])}" for name in new]
    else:
        values = {name: value for name, value in (new or old).items() if value is not None}
        parts = [f"{name} {_brief(value)}" for name, value in values.items()]
    return {**row, "detail": ", ".join(parts), "by": _author(row["changed_by"])}


def _brief(value: Any) -> str:
    """Write a value on a line; --json has it all."""
    text = json.dumps(value)
    return text if len(text) <= MOST_OF_A_VALUE else f"{text[:MOST_OF_A_VALUE]}…"


def _author(changed_by: Mapping[str, Any]) -> str:
    """Name the author: the signed-in user if there was one, the roles, the claim."""
    role, login = changed_by["role"], changed_by["login"]
    known = [changed_by.get("user_id"), role if role == login else f"{role} (login {login})"]
    claimed = changed_by.get("claimed", {}).get("user")
    return ", ".join([*filter(None, known), *([f"says {claimed}"] if claimed else [])])
