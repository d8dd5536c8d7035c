"""The sensor of a fleet: a tick renews what listens, and says what it hears.

The listening goes on between ticks, so that a failed backup never falls into a gap; it ends when
no tick comes any more. There is a listener for each server (listening.py).
"""

from __future__ import annotations

import resource
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from threading import Lock, Thread
from time import monotonic, sleep

from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.alerts.outbox import register_channels, waiting_channels
from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database.connection import Connection
from maint_pipeline.registry.databases import Database, Fleet, server_of
from maint_pipeline.resources import DatabaseOfFleet
from maint_pipeline.schedules.crons import past_ticks
from maint_pipeline.schedules.ranges import own_tasks
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.sensors.backup_failures import NEVER, Look, watch_backup_failures
from maint_pipeline.sensors.fleet_delivery import start_gathered
from maint_pipeline.sensors.health import is_watched, watch_health
from maint_pipeline.sensors.listening import Listener, Session
from maint_pipeline.sensors.load import sample_load
from maint_pipeline.sensors.task_health import raise_missed
from maint_pipeline.sensors.unwatched import Informer
from maint_pipeline.task_runs.rows import close_lost_runs

LEASE_SECONDS = 120.0
GATHER_SECONDS = 10.0
"""How long what waits in one database waits for more of others, to be one message."""

MISSED_EVERY = 5
"""Rounds; what is late is late by an hour."""

HEALTH_EVERY = 8
"""Rounds, a quarter of an hour: not in the first one, in which all databases are new."""

_FILES = 8192


class FleetWatch:
    """What this process does for all databases of a fleet, tick after tick."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        """Take the tasks with the recommended crons."""
        self._tasks = tasks
        self._listeners: dict[str, Listener] = {}
        self._lock = Lock()
        self._until = 0.0
        self._deliverer: Thread | None = None
        self._informer = Informer()
        self._waiting: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)

    def tick(self, fleet: Fleet) -> str:
        """Listen to the databases of a fleet for some time from now on, and deliver what waits.

        Args:
            fleet: the databases at this moment.

        Returns:
            What there is to say.
        """
        _allow_files(len(fleet.databases))
        by_server: dict[str, dict[str, Database]] = defaultdict(dict)
        for database in fleet.databases:
            by_server[server_of(database)][database.name] = database
        for server in self._listeners.keys() - by_server.keys():
            self._listeners.pop(server).end()
        for server, databases in by_server.items():
            if server not in self._listeners:
                self._listeners[server] = Listener(_url_of, self._visit)
            self._listeners[server].renew(databases, LEASE_SECONDS)
        self._until = monotonic() + LEASE_SECONDS
        if self._deliverer is None or not self._deliverer.is_alive():
            self._deliverer = Thread(target=self._deliver, name="deliver", daemon=True)
            self._deliverer.start()
        self._inform(fleet)
        return self._said()

    def _inform(self, fleet: Fleet) -> None:
        """Inform people of what is not watched for some time, and when that is over."""
        sessions = {
            name: session
            for listener in self._listeners.values()
            for name, session in dict(listener.sessions).items()
        }
        databases = {database.name: database for database in fleet.databases}
        problems = {name: each.problem for name, each in sessions.items() if each.problem}
        problems |= {mistake.entry: mistake.problem for mistake in fleet.mistakes}
        heard = {name for name, each in sessions.items() if each.connection and each.visits}
        self._informer.inform(problems, databases.keys() - problems.keys() - heard, databases)

    def end(self) -> None:
        """End all listening soon."""
        for listener in self._listeners.values():
            listener.end()
        self._until = 0.0

    def _deliver(self) -> None:
        """Start a delivery for each channel for which something has waited long enough."""
        while monotonic() < self._until:
            with self._lock:
                for (channel, urls), names in self._waiting.items():
                    is_due = names and monotonic() - min(names.values()) >= GATHER_SECONDS
                    if is_due and start_gathered(channel, list(names), urls):
                        names.clear()
            sleep(1)

    def _visit(self, session: Session, connection: Connection, heard: set[str]) -> None:
        own = DatabaseOfFleet.of(session.database).settings()
        channels = configured_channels(own)
        if not heard:
            register_channels(connection, channels, own.notify_min_severity)
            close_lost_runs(connection)
            tasks = own_tasks(session.database, self._tasks)
            sync_failed_tasks(connection, {task.name for task in tasks if task.cron}, [])
            if session.visits % MISSED_EVERY == 0:
                raise_missed(connection, own, tasks, _past_ticks)
            if session.visits % HEALTH_EVERY == HEALTH_EVERY // 2 and is_watched(tasks):
                watch_health(connection)
            sample_load(connection, session.database.name)
        if not heard or "maint_backup_failed" in heard:
            last = session.memory.get("look", NEVER)
            known = last if isinstance(last, Look) and not heard else NEVER
            _, session.memory["look"] = watch_backup_failures(connection, 0, known)
        urls = own.notify_urls.get_secret_value() if own.notify_urls else ""
        for channel in waiting_channels(connection, channels):
            with self._lock:
                self._waiting[channel, urls].setdefault(session.database.name, monotonic())

    def _said(self) -> str:
        sessions = [s for listener in self._listeners.values() for s in listener.sessions.values()]
        heard = sum(s.connection is not None and s.visits > 0 for s in sessions)
        problems = [f"{s.database.name}: {s.problem}" for s in sessions if s.problem]
        words = f"Listening to {heard} of {len(sessions)} databases."
        return f"{words} {'; '.join(problems[:5])}" if problems else words


def _past_ticks(cron: str, time_zone: str, before: datetime) -> Iterator[datetime]:
    """As `crons.past_ticks`, which is asked once a minute, not for each database."""
    latest = _latest(cron, time_zone, before.replace(second=0, microsecond=0))
    yield from latest
    yield from islice(past_ticks(cron, time_zone, before), len(latest), None)


@lru_cache(maxsize=1024)
def _latest(cron: str, time_zone: str, minute: datetime) -> tuple[datetime, ...]:
    return tuple(islice(past_ticks(cron, time_zone, minute), 2))


def _url_of(database: Database) -> str:
    with DatabaseOfFleet.of(database).url() as url:
        return url


def _allow_files(databases: int) -> None:
    """Let this process have a socket for each database."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = min(max(soft, 2 * databases + 512), hard, max(_FILES, soft))
    if needed > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
