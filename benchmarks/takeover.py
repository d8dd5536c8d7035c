"""Leaders killed at random moments: how soon another leads, and whether ticks come twice or never.

    python -m benchmarks.takeover [MINUTES]

Two `maint daemon` on one storage, and a code server with schedules of every minute. In each minute
the leader is killed (SIGKILL) about when schedules tick, in every other one once more in between,
and started again as the standby. What schedules launch stays in the queue. SIGTERM ends it early.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Event

import psycopg
import yaml

from maint_pipeline.database.embedded import embedded_server, ensure_database
from maint_pipeline.database.urls import sqlalchemy_url
from maint_pipeline.instance.home import STORAGE_VARIABLE, instance_settings
from tests.dev import environment, eventually

SCHEDULES = 20
MINUTES = 10
GOAL_SECONDS = 5.0
_DEFINITIONS = f"""
from dagster import DefaultScheduleStatus, Definitions, RunRequest, job, op, schedule

@op
def nothing(): ...

@job
def idle():
    nothing()

def every_minute(number):
    @schedule(name=f"schedule_{{number}}", cron_schedule="* * * * *", job=idle,
              default_status=DefaultScheduleStatus.RUNNING)
    def tick(context):
        return RunRequest()
    return tick

defs = Definitions(jobs=[idle], schedules=[every_minute(n) for n in range({SCHEDULES})])
"""
_SLOTS = """
select name.value as schedule, slot.value as slot, count(*) as runs
from run_tags as name
join run_tags as slot using (run_id)
where name.key = 'dagster/schedule_name' and slot.key = '.dagster/scheduled_execution_time'
group by 1, 2
"""
_BEAT = """
select extract(epoch from max(timestamp))::float8 from daemon_heartbeats
where daemon_type = 'SCHEDULER'
"""


class Daemon:
    """`maint daemon` on a home of its own, as another machine would have it."""

    def __init__(self, home: Path, urls: dict[str, str]) -> None:
        (home / "dagster").mkdir(parents=True)
        settings = instance_settings(home / "dagster")
        # Nothing is launched: a run that waits is a tick that was.
        settings["run_queue"]["max_concurrent_runs"] = 0
        (home / "dagster/dagster.yaml").write_text(yaml.safe_dump(settings))
        self.output = home / "output"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "maint_pipeline.cli", "daemon",
                 "--workspace", str(home.parent / "workspace.yaml")],
                stdout=output, stderr=output, env={**environment(home), **urls},
            )  # fmt: skip

    def said(self, words: str) -> bool:
        """Whether it has printed these words; it has to run still."""
        text = self.output.read_text()
        if words not in text and self.process.poll() is not None:
            raise RuntimeError(text)
        return words in text

    def kill(self) -> None:
        """End it as a failing machine does."""
        self.process.kill()
        self.process.wait()


@dataclass
class Figures:
    """What was measured.

    Attributes:
        led: seconds from the kill until the standby led.
        beat: seconds from the kill until the new daemon's scheduler had begun.
        slots: whole minutes in which schedules were due.
        ticks: how many runs each schedule has for each minute.
    """

    led: list[float] = field(default_factory=list)
    beat: list[float] = field(default_factory=list)
    slots: set[datetime] = field(default_factory=set)
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def twice(self) -> int:
        """Ticks that ran more than once."""
        return sum(count > 1 for count in self.ticks.values())

    @property
    def lost(self) -> int:
        """Ticks between the first and the last minute that never ran."""
        return len(self.slots) * SCHEDULES - len(self.ticks)


@contextmanager
def storage() -> Iterator[tuple[Path, dict[str, str]]]:
    """Have a server with Dagster's storage, and a code server, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(embedded_server(folder / "server"))
        ensure_database(server, "dagster")
        (folder / "schedules.py").write_text(_DEFINITIONS)
        socket = str(folder / "code.sock")
        code = {"socket": socket, "host": "localhost", "location_name": "schedules"}
        (folder / "workspace.yaml").write_text(
            yaml.safe_dump({"load_from": [{"grpc_server": code}]})
        )
        urls = {name: server.url("dagster") for name in
                ("MAINT_DATABASE_URL", "MAINT_DAGSTER_DATABASE_URL")}  # fmt: skip
        storage_url = sqlalchemy_url(server.url("dagster"), "psycopg2")
        process = subprocess.Popen(
            [sys.executable, "-m", "dagster", "api", "grpc", "--socket", socket,
             "-f", str(folder / "schedules.py"), "--location-name", "schedules"],
            env={**environment(folder / "code"), STORAGE_VARIABLE: storage_url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            eventually(Path(socket).exists)
            yield folder, urls
        finally:
            process.kill()
            process.wait()


def measure(kills: Iterator[float], ended: Event) -> Figures:
    """Kill leaders, and count.

    Args:
        kills: when, in seconds of the epoch; one that is past, or comes before there is a standby,
            is at once.
        ended: set to end early.
    """
    figures = Figures()
    with storage() as (folder, urls), ExitStack() as stack:

        def start(number: int) -> Daemon:
            daemon = Daemon(folder / f"home-{number}", urls)
            stack.callback(daemon.kill)
            return daemon

        leader = start(0)
        eventually(lambda: leader.said("Leads"))
        url = urls["MAINT_DAGSTER_DATABASE_URL"]
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            for number, moment in enumerate(kills, 1):
                standby = start(number)
                eventually(partial(standby.said, "Standby"))
                if ended.wait(max(0.0, moment - time.time())):
                    break
                killed = time.time()
                leader.kill()
                eventually(partial(standby.said, "Leads"), every=0.01)
                figures.led.append(time.time() - killed)
                eventually(partial(_beats_since, connection, time.time()))
                figures.beat.append(_beat(connection) - killed)
                leader = standby
            # The last minute's ticks, too.
            ended.wait(70)
            _count(connection, figures)
    return figures


def _beats_since(connection: psycopg.Connection[tuple[float]], moment: float) -> bool:
    return _beat(connection) > moment


def _beat(connection: psycopg.Connection[tuple[float]]) -> float:
    row = connection.execute(_BEAT).fetchone()
    return row[0] if row and row[0] else 0.0


def _count(connection: psycopg.Connection[tuple[float]], figures: Figures) -> None:
    rows: list[tuple[str, str, int]] = connection.execute(_SLOTS).fetchall()  # type: ignore[assignment]
    if not rows:
        raise RuntimeError("no schedule has ticked")
    minutes = sorted({datetime.fromisoformat(slot) for _, slot, _ in rows})
    minute = minutes[0]
    while minute < minutes[-1]:  # that one may be in progress
        figures.slots.add(minute)
        minute += timedelta(minutes=1)
    for schedule, slot, runs in rows:
        if datetime.fromisoformat(slot) in figures.slots:
            figures.ticks[schedule, slot] = runs


def at_ticks(minutes: float, chance: Random) -> Iterator[float]:
    """Give moments of kills: when the schedules of a minute tick, and sometimes in between."""
    end = time.time() + 60 * minutes
    number = 0
    while (minute := (time.time() // 60 + 1) * 60) < end:
        yield minute + chance.uniform(-1, 4)
        if number % 2:
            yield minute + chance.uniform(20, 45)
        number += 1


def main() -> None:
    """Measure, and print."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    ended = Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    found = measure(at_ticks(minutes, Random()), ended)
    print(
        f"{len(found.led)} leaders killed: another led after {median(found.led):.2f} s, "
        f"95th percentile {quantiles(found.led, n=20)[-1]:.2f} s, at most {max(found.led):.2f} s "
        f"(goal {GOAL_SECONDS:.0f} s); its scheduler had begun after {median(found.beat):.1f} s, "
        f"at most {max(found.beat):.1f} s.\n"
        f"{len(found.slots)} minutes, {SCHEDULES} schedules: {len(found.ticks)} ticks, "
        f"{found.twice} of them twice, {found.lost} never."
    )


if __name__ == "__main__":
    main()
