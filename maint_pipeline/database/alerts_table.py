"""Where alerts go: into the application's `public.security_alerts`, or into our `maint.alerts`.

The application's table is used if it has our columns and nothing prevents it
(alerts_table.sql). Adding the columns is the decision of a migration; at run time the rest is asked
again for each alert (sql/27_alert_tables.sql).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from psycopg import RawCursor

from maint_pipeline.database.columns import ALERT_COLUMNS, ALERTS_TABLE, missing
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.trust import trusted_owners

OWN_TABLE = "maint.alerts"

_QUERY = (Path(__file__).parent / "alerts_table.sql").read_text(encoding="utf-8")

_FOUND = """
select relkind = 'r' as is_table,
    pg_has_role(relowner, 'usage') as may_alter,
    pg_get_userbyid(relowner)::text as owner,
    current_user::text as me,
    coalesce(obj_description(pg_class.oid, 'pg_class') like 'maint_pipeline:%%', false) as is_ours
from (select to_regclass(%s) as relation) as wanted
left join pg_class on pg_class.oid = wanted.relation
"""


def function_statement() -> str:
    """Return the statement that creates the same query as a function, for run time."""
    return (
        "create or replace function maint.alerts_table_problem(text, text, text[]) returns text\n"
        "    language sql stable\n"
        "    set search_path = pg_catalog, pg_temp\n"
        f"as $query$\n{_QUERY}$query$;"
    )


def problem(connection: Connection, trust: Sequence[str] = ()) -> str | None:
    """Return why alerts do not go into the application's table.

    Args:
        connection: of the role that migrates; only read.
        trust: roles that are to be trusted from now on.

    Returns:
        The reasons, as text; None if they go there, or will after this migration.
    """
    found = fetch_one(connection, _FOUND, [ALERTS_TABLE])
    if not found["is_ours"]:
        trusted = sorted(trusted_owners(connection) | {*trust})
        values = [ALERTS_TABLE, _admin_test(connection), trusted]
        row = RawCursor(connection).execute(_QUERY.encode(), values).fetchone()
        if row and row["problem"]:
            return str(row["problem"])
    elif not found["is_table"]:
        # The migration fixes everything else about a table of ours.
        return "it is no plain table"
    if missing(connection, ALERT_COLUMNS) and not found["may_alter"]:
        return f"it belongs to {found['owner']}, and {found['me']} may not add our columns"
    return None


def in_words(connection: Connection, trust: Sequence[str] = ()) -> str:
    """Say where alerts go, and why not into the application's table."""
    reason = problem(connection, trust)
    if reason is None:
        return f"Alerts go to {ALERTS_TABLE}."
    return f"Alerts go to {OWN_TABLE}, not to {ALERTS_TABLE}: {reason}."


def _admin_test(connection: Connection) -> str:
    default = "public.has_role(uuid,public.app_role)"
    readable = fetch_one(
        connection, "select has_table_privilege(to_regclass('maint.settings'), 'select') as yes"
    )
    if not readable["yes"]:
        return default
    row = fetch_one(connection, "select value from maint.settings where name = 'admin_test'")
    return row["value"] or default
