"""A fleet whose runs Celery's workers do, and what kills all of its parts at random moments."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from dagster import DagsterInstance, DagsterRun

from tests.celery_parts import FINAL, Deployment, in_use, new_databases
from tests.celery_redis import create_run
from tests.dev import eventually
from tests.fleet import LIGHT, ledger, partitions, write_registry
from tests.shells import BIN

RANGE = 50
WORKERS = ("first", "second")
LEADERS = ("daemon", "standby")
MOST_WAITED = 400.0


class CeleryFleet(Deployment):
    """Two workers and two daemons, of which one leads, for the databases of a registry."""

    def __init__(self, folder: Path, urls: list[str], storage: str, processes: int) -> None:
        file = folder / "databases.toml"
        self.databases = {f"db-{number:03}": url for number, url in enumerate(urls)}
        write_registry(file, self.databases)
        slots = processes * len(WORKERS)
        super().__init__(folder, "MAINT_DATABASES_FILE", str(file), storage, slots=slots)
        self.slots = processes
        self.killed: Counter[str] = Counter()

    def start_all(self) -> None:
        for name in WORKERS:
            self.start_worker(name, self.slots)
        for name in LEADERS:
            self.start(name, BIN / "maint", "daemon")
        count = len(self.databases)
        with DagsterInstance.get() as instance:
            eventually(lambda: len(partitions(instance)) == count, seconds=MOST_WAITED)

    def launch(self) -> None:
        """Queue runs over all databases, each over a range of them."""
        names = list(self.databases)
        with DagsterInstance.get() as instance:
            for start in range(0, len(names), RANGE):
                ends = names[start], names[min(start + RANGE, len(names)) - 1]
                create_run(instance, LIGHT, **dict(zip(ENDS, ends, strict=True)))

    def runs(self) -> list[DagsterRun]:
        with DagsterInstance.get() as instance:
            return [run for run in instance.get_runs() if run.job_name == LIGHT]

    def done(self) -> Counter[int]:
        """Count the databases by how often their task was completed."""
        return Counter(
            sum(status == "completed" for status, _, _ in ledger(url, LIGHT))
            for url in self.databases.values()
        )

    def kill_one(self) -> None:
        """Kill a process of a run, a worker with all of its own, its main process, or a daemon.

        Whoever is gone is started again, as systemd does.
        """
        name = random.choice([n for n in (*WORKERS, *LEADERS) if self.processes[n].poll() is None])
        pid = self.processes[name].pid
        kind = random.choice(("child", "child", "main", "all")) if name in WORKERS else "daemon"
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if kind == "child":
                children = psutil.Process(pid).children()
                if not children:  # it has only just been started
                    return
                random.choice(children).kill()
            elif kind == "main":
                os.kill(pid, signal.SIGKILL)
            else:
                os.killpg(pid, signal.SIGKILL)
            self.killed[kind] += 1

    def start_again(self) -> None:
        """Start what has ended."""
        for name in (*WORKERS, *LEADERS):
            if self.processes[name].poll() is None:
                continue
            if name in WORKERS:
                self.start_worker(name, self.slots, wait=False)
            else:
                self.start(name, BIN / "maint", "daemon")

    def round_with_kills(self, goal: int, kills: int) -> None:
        """Do all databases once, while so many kills come at random moments.

        Args:
            goal: how often each is done after it.
            kills: at most; no more than a run is resumed and tried again.
        """
        before = self.killed.total()
        deadline = time.monotonic() + MOST_WAITED
        self.launch()
        while not all(run.status in FINAL for run in self.runs()) or self.done() != {
            goal: len(self.databases)
        }:
            assert time.monotonic() < deadline, (self.done(), self.runs(), self.log("daemon"))
            time.sleep(random.uniform(0.2, 2.0))
            self.start_again()
            if self.killed.total() - before < kills:
                self.kill_one()


ENDS = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")


@contextmanager
def celery_fleet(
    folder: Path, server: str, count: int, *, processes: int = 2
) -> Iterator[CeleryFleet]:
    """Run a fleet of so many databases with two workers and two daemons.

    Args:
        folder: for its files; empty.
        server: superuser's URL of a server that has the tests' template.
        count: of databases.
        processes: of each worker.
    """
    with new_databases(server, count) as (storage, *urls):
        made = CeleryFleet(folder, urls, storage, processes)
        with in_use(made):
            made.start_all()
            yield made
