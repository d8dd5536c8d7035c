"""Removing everything of ours from a database, after writing its content into a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg

from maint_pipeline.database.connection import Connection
from maint_pipeline.database.history import HistoryFile
from maint_pipeline.database.indexes import INDEXES
from maint_pipeline.database.migrate import open_for_migration
from maint_pipeline.database.migration_lock import one_migration_at_a_time
from maint_pipeline.database.preflight import CannotMigrateError
from maint_pipeline.database.step import Report, Step, run_patiently

_HERE = Path(__file__).parent
_SCRIPTS = ("remove_additions.sql", "remove.sql")
_LOCKS = (
    "SHARE on our tables while they are written down, then ACCESS EXCLUSIVE on "
    "public.maintenance_task_runs, public.security_alerts, and the application's tables with an "
    "index, a trigger or a policy of ours, for the milliseconds of the rest of this transaction."
)


def remove(
    url: str, report: Report = lambda step: None, *, keep_history: bool = False
) -> Path | None:
    """Take everything of ours out of a database, and give back what it replaced.

    Args:
        url: libpq URL of the role that migrated it.
        report: called with each thing that is left in place.
        keep_history: leave our tables, closed to everybody but their owner.

    Returns:
        The file in MAINT_HOME with what our tables held; None where there was nothing of ours.

    Raises:
        CannotMigrateError: an object of the application depends on one of ours; it is named.
            Nothing was changed.
        TableBusyError: a lock could not be had.
    """
    with (
        closing(open_for_migration(url)) as connection,
        one_migration_at_a_time(connection, report),
    ):
        if not _is_there(connection):
            return None
        connection.add_notice_handler(lambda notice: report(str(notice.message_primary)))
        names = ",".join(index.name for index in INDEXES)
        settings = (
            f"set local maint.keep_history = '{'on' if keep_history else 'off'}'; "
            f"set local maint.indexes = '{names}';"
        )
        scripts = [(_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS]
        history = HistoryFile(connection.info.dbname)
        step = Step("Removing what is ours", _LOCKS, (settings, *scripts))
        try:
            run_patiently(connection, step, report, first=history.write)
        except psycopg.errors.DependentObjectsStillExist as error:
            # Nothing was removed, so there is nothing to remember.
            history.path.unlink(missing_ok=True)
            raise CannotMigrateError(
                f"Objects of the application depend on ours: {error.diag.message_detail} "
                "Drop or change them first; nothing was changed."
            ) from None
    return history.path


def _is_there(connection: Connection) -> bool:
    found = connection.execute("select from pg_namespace where nspname = 'maint'").fetchone()
    return found is not None
