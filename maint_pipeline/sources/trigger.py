"""The trigger that reports failed backups, moved to the table that is backup_runs now.

A migration adds it where it is missing (database/sql/97_backup_trigger.sql). No column is
needed for it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import LiteralString

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection

_WANTED: LiteralString = """
select source.table_schema, source.table_name, coalesce(bound.column_name, '') as column_name
from maint.sources as source
join maint.bound_columns as bound on bound.part = source.part and bound.name = 'status'
join pg_class on pg_class.oid = maint.source_relation(source.part) and relkind in ('r', 'p')
where source.part = 'backup_runs' and maint.trust_problem(pg_class.oid) is null
    and not exists (select from maint.settings where name = 'backup_trigger' and value = 'off')
"""


def move_backup_trigger(connection: Connection, administrator: Connection) -> bool:
    """Put the trigger on the table of backup runs.

    Locks: SHARE ROW EXCLUSIVE on that table for an instant, waited for up to `lock_timeout`.

    Args:
        connection: as `maint_owner`; says where it belongs.
        administrator: a session that may make triggers there, in autocommit mode.

    Returns:
        Whether it is there now. Where it isn't, the sensor looks at each of its ticks.
    """
    row = connection.execute(_WANTED).fetchone()
    if row is None:
        return False
    statement = sql.SQL(
        "create or replace trigger maint_tell_backup_failure after insert or update on {} "
        "for each row execute function maint.tell_backup_failure({})"
    ).format(sql.Identifier(row["table_schema"], row["table_name"]), row["column_name"])
    with suppress(psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
        administrator.execute(statement)
        return True
    return False
