"""The state of one database of the fleet, as far as it answers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from maint_pipeline.database.application import application_urls
from maint_pipeline.database.connection import connect, limit_statements
from maint_pipeline.database.version import program_version
from maint_pipeline.errors import MaintError, NotMigratedError, OtherVersionError, UnreachableError
from maint_pipeline.registry.databases import Database
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings

_STATE = (Path(__file__).parent / "state.sql").read_bytes()
_SHORT_VERSION = 12
_STATES: tuple[tuple[type[Exception], str], ...] = (
    (UnreachableError, "unreachable"),
    (NotMigratedError, "not migrated"),
    (OtherVersionError, "other version"),
)


@dataclass(frozen=True)
class State:
    """What one database says of itself. Null: not known, which is not the same as none.

    Attributes:
        database: its name in the registry.
        state: `ok`, `attention` (alerts, failed or late tasks), or why nothing more is known:
            `unreachable`, `not migrated`, `other version`, `no answer`, `failed`, `mistake`.
        version: of what is installed, shortened.
        last_proven_at: when a backup was last proven by restoring it.
        bytes: size of the database.
        problem: why nothing more is known.
    """

    database: str
    state: str
    groups: Sequence[str] = ()
    open_alerts: int | None = None
    failed_tasks: Sequence[str] | None = None
    late_tasks: Sequence[str] | None = None
    version: str | None = None
    last_proven_at: datetime | None = None
    bytes: int | None = None
    problem: str | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The fields, by name."""
        return asdict(self)


def state_of(database: Database, tasks: Sequence[Task], settings: Settings, seconds: int) -> State:
    """Ask a database for its state.

    Args:
        database: which.
        tasks: those that may be late.
        settings: of the environment.
        seconds: how long connecting may take, and each statement.

    Returns:
        Its state; an error is one, too.
    """
    try:
        return _ask(database, tasks, settings, seconds)
    except (MaintError, psycopg.Error) as error:
        state = next((word for kind, word in _STATES if isinstance(error, kind)), "failed")
        return State(database.name, state, database.groups, problem=str(error).strip())


def _ask(database: Database, tasks: Sequence[Task], settings: Settings, seconds: int) -> State:
    own = settings.model_copy(update=database.values(settings))
    with application_urls(own) as urls:
        url = conninfo.make_conninfo(urls.worker, connect_timeout=seconds)
    with closing(connect(url, application_name="maint fleet")) as connection:
        limit_statements(connection, seconds)
        row = connection.execute(_STATE).fetchone() or {}
        late = [run.task_name for run in missed_runs(connection, tasks, own, datetime.now(UTC))]
    is_fine = not (row["open_alerts"] or row["failed_tasks"] or late)
    return State(
        database.name,
        "ok" if is_fine else "attention",
        database.groups,
        late_tasks=late,
        version=program_version()[:_SHORT_VERSION],
        **row,
    )
