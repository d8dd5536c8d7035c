"""What `maint migrate` would do, for people to read: `--plan`. It changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from maint_pipeline.database import alerts_table
from maint_pipeline.database.adoption import notes
from maint_pipeline.database.columns import LEDGER, LEDGER_COLUMNS
from maint_pipeline.database.connection import Connection
from maint_pipeline.database.entry_functions import places
from maint_pipeline.database.indexes import INDEXES
from maint_pipeline.database.migrate import open_for_migration
from maint_pipeline.database.preflight import check_preflight
from maint_pipeline.database.steps import steps_to_current
from maint_pipeline.database.trust import (
    check_roles_exist,
    left_out,
    source_names,
    source_tables,
)

_HERE = Path(__file__).parent


def plan(url: str, checks_sql: str, trust: Sequence[str] = (), replace: Sequence[str] = ()) -> str:
    """Return what `migrate` would do, changing nothing.

    Args:
        url: as for `migrate`.
        checks_sql: as for `migrate`.
        trust: as for `migrate`.
        replace: as for `migrate`.

    Returns:
        The tables of the application that it touches, those that it leaves out, and each step with
        its locks, as a script that psql could run; empty when the database is current.

    Raises:
        CannotMigrateError: as for `migrate`.
    """
    with closing(open_for_migration(url)) as connection:
        check_roles_exist(connection, trust)
        steps = steps_to_current(connection, checks_sql, trust, replace)
        found = places(connection, replace)
        check_preflight(connection, found, replace, changes=bool(steps))
        if not steps:
            return ""
        special = [f"--   {words}" for words in notes(connection, found, trust)]
        not_ours = [f"--   {words}" for words in left_out(connection, trust)]
        touched = _touched(connection)
        touched.append(f"-- {alerts_table.in_words(connection, trust)}")
    header = ["-- Touches these tables of the application:", *touched]
    if not_ours:
        header += ["-- Leaves out, because their owners are not trusted:", *not_ours]
    if special:
        header += ["-- Works around what the application has:", *special]
    return "\n\n".join(["\n".join(header), *(step.script() for step in steps)])


def _touched(connection: Connection) -> list[str]:
    tables = source_tables(connection)
    names = source_names(connection)
    indexes = Counter(index.table for index in INDEXES)
    of_backups = indexes[".".join(tables.get("backup_runs", ()))]
    rights = "a grant to maint_owner, a policy where it can't bypass them"
    what = {
        LEDGER: f"gets {len(LEDGER_COLUMNS)} columns, {indexes[LEDGER]} small indexes and "
        "row level security",
        names.get("audit_log"): f"{rights}, and a very small index where none begins with the time",
        names.get("backup_runs"): f"{rights}, {of_backups} partial indexes and a trigger that "
        "sends a notification when a backup fails",
    }
    query = (_HERE / "touched.sql").read_text(encoding="utf-8")
    given = {"names": list(what), "what": list(what.values())}
    return [row["line"] for row in connection.execute(query.encode(), given).fetchall()]
