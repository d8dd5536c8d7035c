"""Files that killed purges have left in the archive: found by the next one, and removed.

A chunk counts once the transaction that deleted its rows has committed, which notes the chunk too.
Whether that happened is known for certain only when the transaction is over; the row of the purge
in `maint.archive_runs` says so (see its revision).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg.pq import TransactionStatus

from maint_pipeline.database.connection import Connection
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.storage import ArchiveError

_LEFT = """
select folder from maint.archive_runs as run
where policy_name = %s
    or not exists (select from maint.retention_policies where name = run.policy_name)
order by started_at
"""


@contextmanager
def noted_run(connection: Connection, archive: Archive, policy: str, folder: str) -> Iterator[None]:
    """Let a purge write into a folder; before and after it, remove what counts for nothing.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        archive: where the folder is.
        policy: whose purge it is; no other purge of it is running.
        folder: of the run, new.

    Raises:
        ArchiveError: what a killed purge has left can't be removed.
        psycopg.Error: of the database.
    """
    for row in connection.execute(_LEFT, [policy]).fetchall():
        end_run(connection, archive, row["folder"])
    with connection.transaction():
        connection.execute("set local synchronous_commit = on")
        connection.execute(
            "insert into maint.archive_runs (folder, policy_name, origin) "
            "values (%s, %s, maint.archive_origin())",
            [folder, policy],
        )
    try:
        yield
    finally:
        # Where this can't be done, the next purge does it.
        if connection.info.transaction_status is TransactionStatus.IDLE:
            with suppress(ArchiveError, psycopg.Error):
                end_run(connection, archive, folder)


def end_run(connection: Connection, archive: Archive, folder: str) -> int:
    """Remove the files of a purge that no transaction has noted, and forget the purge.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        archive: where the folder is.
        folder: of the run.

    Returns:
        How many files went; none while a transaction of the purge is open still, or where it was
        a purge of another database, of which this is a copy.

    Raises:
        ArchiveError: a file can't be removed; the purge is not forgotten.
    """
    removed = 0
    with connection.transaction():
        run = connection.execute(
            "select origin = maint.archive_origin() as is_ours from maint.archive_runs "
            "where folder = %s for update skip locked",
            [folder],
        ).fetchone()
        if run is None:
            return 0
        if run["is_ours"]:
            # A snapshot from after the lock.
            rows = connection.execute(
                "select file from maint.archived_chunks where starts_with(file, %s || '/')",
                [folder],
            ).fetchall()
            removed = archive.remove_all_but(folder, {row["file"] for row in rows})
        connection.execute("delete from maint.archive_runs where folder = %s", [folder])
    return removed


def assert_noted(connection: Connection, folder: str) -> None:
    """Hold the note of a purge until the transaction ends.

    Raises:
        ArchiveError: another purge has taken this one for dead, and removed what it had left.
    """
    row = connection.execute(
        "select from maint.archive_runs where folder = %s for key share", [folder]
    ).fetchone()
    if row is None:
        raise ArchiveError(
            f"Another run has ended this one, which writes into {folder}; nothing is lost. "
            "Start it again."
        )
