"""The state of one database of the fleet, as far as it answers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

from maint_pipeline.database.application import application_urls
from maint_pipeline.database.looking import ask_in
from maint_pipeline.database.version import program_version
from maint_pipeline.errors import MaintError, NotMigratedError, OtherVersionError, UnreachableError
from maint_pipeline.fleet.calendar import Calendar
from maint_pipeline.registry.databases import Database
from maint_pipeline.schedules.missed import latest_due, missed_runs
from maint_pipeline.schedules.ranges import own_tasks
from maint_pipeline.settings import Settings

_STATE: Any = (Path(__file__).parent / "state.sql").read_text(encoding="utf-8")
_FAILING = """
select task_name from maint.latest_runs where is_failing and not is_part order by task_name
"""
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


def state_of(
    database: Database, dates: Calendar, settings: Settings, seconds: int, now: datetime
) -> State:
    """Ask a database for its state.

    Args:
        database: which.
        dates: the tasks that may be late, and when they were due.
        settings: of the environment.
        seconds: how long connecting may take, and each statement.
        now: aware; the moment at which tasks are late.

    Returns:
        Its state; an error is one, too.
    """
    try:
        return _ask(database, dates, settings, seconds, now)
    except (MaintError, psycopg.Error) as error:
        state = next((word for kind, word in _STATES if isinstance(error, kind)), "failed")
        return State(database.name, state, database.groups, problem=str(error).strip())


def _ask(
    database: Database, dates: Calendar, settings: Settings, seconds: int, now: datetime
) -> State:
    own = settings.model_copy(update=database.values(settings))
    tasks = own_tasks(database, dates.tasks)
    due = latest_due(tasks, own, now, dates.past_ticks)
    with application_urls(own) as urls:
        url = conninfo.make_conninfo(urls.worker, connect_timeout=seconds)
    question = _question(tuple(due.items()))
    connection, row = ask_in(url, "maint fleet", seconds, question)
    with closing(connection):
        failing: list[str] = []
        if row.pop("maybe_failing"):
            failing = [each["task_name"] for each in connection.execute(_FAILING).fetchall()]
        late: list[str] = []
        if row.pop("maybe_late"):
            missed = missed_runs(connection, tasks, own, now, dates.past_ticks)
            late = [run.task_name for run in missed]
    is_fine = not (row["open_alerts"] or failing or late)
    return State(
        database.name,
        "ok" if is_fine else "attention",
        database.groups,
        failed_tasks=failing,
        late_tasks=late,
        version=program_version()[:_SHORT_VERSION],
        **row,
    )


@lru_cache(maxsize=256)
def _question(due: tuple[tuple[str, datetime], ...]) -> str:
    """Give what each database is asked, most of them the same."""
    tasks, moments = [name for name, _ in due], [moment for _, moment in due]
    return sql.SQL(_STATE).format(tasks=sql.Literal(tasks), due=sql.Literal(moments)).as_string()
