"""A tick of the sensor: it watches until the next one is due.

What it watches it asks for by itself, as often as each needs. Each watch has a thread and a session
of its own, which is kept: one that is slow or fails holds up no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, sleep

from dagster import AssetKey, DagsterInstance

from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.alerts.outbox import register_channels
from maint_pipeline.alerts.tasks import MISSED_RUN, TASK_FAILED
from maint_pipeline.database.connection import Connection
from maint_pipeline.database.kept import kept_connection
from maint_pipeline.errors import MaintError
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.sensors.alert_delivery import deliver_what_waits
from maint_pipeline.sensors.backup_failures import CHECK, Look, watch_backup_failures
from maint_pipeline.sensors.health import is_watched, watch_health_now_and_then
from maint_pipeline.sensors.load import sample_load
from maint_pipeline.sensors.lost_runs import close_lost
from maint_pipeline.sensors.messages import alert_changes
from maint_pipeline.sensors.past import report_past
from maint_pipeline.sensors.task_health import raise_failed, raise_missed
from maint_pipeline.settings import Settings

TICK_SECONDS = 29.5
"""The daemon comes every five seconds: a tick ends just before it comes again."""

LATE_SECONDS = 25.0
"""How much longer a tick waits for a running watch; Dagster gives a tick 60 seconds."""

BACKUP_SECONDS = 5.0
"""How often backups are checked if the database doesn't notify of failures."""

OUTBOX_SECONDS = 2.5
RUN_SECONDS = 5.0
RETRY_SECONDS = 5.0


class WatchError(MaintError):
    """A watch failed, and had not recovered when the tick ended."""


@dataclass
class Tick:
    """What the watches of one tick share.

    Attributes:
        url: which they log in with.
        settings: what is configured.
        instance: Dagster's.
        tasks: with the crons by which they are scheduled.
        look: the last look at the backups.
        seconds: how long it watches.
        prefix: of the names of jobs.
        host: which knows when this process is to end.
        assets: the keys by the task that maintains them.
        words: what else there is to say, once each.
        failed: the watches that failed last.
    """

    url: str
    settings: Settings
    instance: DagsterInstance
    tasks: Sequence[Task]
    look: Look
    seconds: float
    prefix: str = ""
    host: DagsterHost = field(default_factory=DagsterHost)
    assets: Mapping[str, Sequence[AssetKey]] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    failed: dict[str, Exception] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.deadline = monotonic() + self.seconds

    def beats(self, every: float) -> Iterator[float]:
        """Come round every so many seconds until the tick ends, giving the seconds to the next."""
        while True:
            due = min(monotonic() + every, self.deadline)
            yield max(0.0, due - monotonic())
            if not self.wait(due - monotonic()):
                return

    def wait(self, seconds: float) -> bool:
        """Wait; return whether there is time left in the tick, and this process isn't ending."""
        until = min(monotonic() + seconds, self.deadline)
        while (left := until - monotonic()) > 0 and not self.host.is_ending():
            sleep(min(left, 1.0))
        return monotonic() < self.deadline and not self.host.is_ending()

    def say(self, words: str) -> None:
        """Add words to what the tick says; empty ones are nothing."""
        if words:
            self.words[words] = None


def _watch_backups(tick: Tick, connection: Connection) -> None:
    for seconds in tick.beats(BACKUP_SECONDS):
        changes, tick.look = watch_backup_failures(connection, seconds, tick.look)
        tick.say(alert_changes(connection, CHECK, changes, BACKUP_SECONDS))


def _watch_outbox(tick: Tick, connection: Connection) -> None:
    channels = configured_channels(tick.settings)
    register_channels(connection, channels, tick.settings.notify_min_severity)
    if not channels:
        tick.say("Notifications are off: MAINT_NOTIFY_URLS is not set.")
        return
    for _ in tick.beats(OUTBOX_SECONDS):
        tick.say(deliver_what_waits(connection, channels, tick.settings))


def _watch_runs(tick: Tick, connection: Connection) -> None:
    if tick.url not in _with_past:
        _with_past.add(tick.url)  # also if it fails: plots are worth one try
        tick.say(report_past(connection, tick.instance, tick.host, tick.assets))
    changes = raise_missed(connection, tick.settings, tick.tasks)
    tick.say(alert_changes(connection, MISSED_RUN, changes, RUN_SECONDS))
    for number, _ in enumerate(tick.beats(RUN_SECONDS)):
        tick.say(close_lost(connection, tick.instance, tick.host))
        if number % 2 == 0:
            changes = raise_failed(connection, tick.instance, tick.tasks, tick.prefix, tick.host)
            tick.say(alert_changes(connection, TASK_FAILED, changes, RUN_SECONDS))
        if number == 1 and is_watched(tick.tasks):
            tick.say(watch_health_now_and_then(connection, tick.url))
        tick.say(sample_load(connection, tick.url))


_WATCHES: dict[str, Callable[[Tick, Connection], None]] = {
    "backups": _watch_backups,
    "outbox": _watch_outbox,
    "task runs": _watch_runs,
}
_threads: dict[tuple[str, str], Thread] = {}
_with_past: set[str] = set()


def watch(tick: Tick) -> None:
    """Watch everything until a tick ends.

    Args:
        tick: what it says and what failed is added to it.
    """
    threads = []
    for name in _WATCHES:
        if (last := _threads.get((tick.url, name))) and last.is_alive():
            tick.say(f"The last tick's watch of {name} is still running.")
            continue
        thread = Thread(target=_watch, args=(tick, name), name=f"watch {name}", daemon=True)
        _threads[tick.url, name] = thread
        threads.append(thread)
        thread.start()
    for thread in threads:
        thread.join(max(0.0, tick.deadline + LATE_SECONDS - monotonic()))


def _watch(tick: Tick, name: str) -> None:
    """Watch one thing, again and again if it fails."""
    while True:
        try:
            with kept_connection(tick.url, application_name=f"maint watches {name}") as connection:
                _WATCHES[name](tick, connection)
            tick.failed.pop(name, None)
            return
        except Exception as error:  # the tick reports it; the other watches continue
            tick.failed[name] = error
        if not tick.wait(RETRY_SECONDS):
            return
