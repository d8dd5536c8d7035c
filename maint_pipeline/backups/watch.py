"""What the checks know of a backup source: its newest backup, as the last look saw it."""

from __future__ import annotations

from maint_pipeline.backups.errors import BackupSourceError
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.database.connection import Connection


def look_at_source(connection: Connection, source: str) -> None:
    """Note the newest backup of a source in `maint.backup_sources`, or why there is none.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        source: as MAINT_RESTORE_SOURCE says.
    """
    found, problem = None, None
    try:
        found = newest_backup(source)
    except BackupSourceError as error:
        problem = str(error)
    connection.execute(
        "insert into maint.backup_sources (source, backup, taken_at, bytes, problem, looked_at) "
        "values (%s, %s, %s, %s, %s, clock_timestamp()) "
        "on conflict (source) do update set backup = excluded.backup, "
        "taken_at = excluded.taken_at, bytes = excluded.bytes, problem = excluded.problem, "
        "looked_at = excluded.looked_at",
        [source, found and found.name, found and found.taken_at, found and found.bytes, problem],
    )
