"""Failed backups that commit late, are replayed and watched by two daemons that are killed."""

import os
import signal
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import psycopg

from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.worker import worker_url
from maint_pipeline.sensors.backup_failures import watch_backup_failures
from tests.soak.databases import clone, drop, superuser
from tests.soak.lanes import Lane
from tests.soak.tasks import WrongError
from tests.soak.victims import Victim

WAVE = 3000
BEYOND = 5
"""Failures of an organization that are told one by one; the check's threshold."""

CHANNELS = """
insert into maint.notification_channels (name, default_min_severity)
values ('first', 'low'), ('second', 'low')
"""
INSERT = """
insert into public.backup_runs (id, org_id, status, started_at, finished_at)
select id, org_id, status, now() - interval '1 hour', case status when 'failed' then now() end
from unnest(%s::uuid[], %s::uuid[], %s::text[]) as run (id, org_id, status)
"""
FAIL = "update public.backup_runs set status = 'failed', finished_at = now() where id = any(%s)"
SUCCEED = """
insert into public.backup_runs (org_id, status, started_at, finished_at, rows_count, file_url)
select id, 'ok', now(), now(), 10, 's3://b/f' from public.orgs
"""
JUDGE = Path(__file__).with_suffix(".sql").read_text()


def fail(lane: Lane, server_url: str) -> None:
    """Have backups fail until the lane has had its share, a fresh database for each wave."""
    random = Random(lane.seed)
    number = 0
    while lane.goes_on():
        number += 1
        name = f"failures_{lane.number}_{number}"
        url = clone(server_url, name)
        wave = Wave(url, random, min(WAVE, lane.share - lane.done))
        with closing(wave.db):
            wave.run()
        drop(server_url, name)
        lane.count("failures", wave.size)
        lane.count("kills of daemons", wave.kills, rounds=0)
        lane.count("told one by one", wave.singles, rounds=0)


class Wave:
    """Some thousand failures, each of which somebody has to hear of once."""

    def __init__(self, url: str, random: Random, size: int) -> None:
        self.url, self.random, self.size = url, random, size
        self.db: Connection = superuser(url)
        self.kills = self.singles = 0
        self.failed: list[UUID] = []

    def run(self) -> None:
        """Let them fail, judge, let all organizations succeed, and judge again."""
        self.db.execute(CHANNELS)
        daemons = [self._daemon(), self._daemon()]
        for transactions in self._plan():
            self._write(transactions, daemons)
        self._quiet(daemons)
        self._judge("after the failures")
        daemons = [self._daemon(), self._daemon()]
        self.db.execute(SUCCEED)
        self._trouble(daemons, 1.0)
        self._quiet(daemons)
        self._judge("after the successes")
        left = "select count(*) as n from public.security_alerts where resolved is not true"
        if found := self.db.execute(left).fetchone()["n"]:  # type: ignore[index]
            raise WrongError(f"{found} alerts are open, though every backup has succeeded since")

    def _plan(self) -> list[list[list[tuple[UUID, UUID]]]]:
        """Give rounds of transactions of (run, organization)."""
        failures = []
        while len(failures) < self.size:
            org = uuid4()
            many = self.random.random() < 0.05
            count = self.random.randint(BEYOND + 1, 40) if many else self.random.randint(1, BEYOND)
            count = min(count, self.size - len(failures))
            self.singles += count if count <= BEYOND else 0
            failures += [(uuid4(), org) for _ in range(count)]
        orgs = sorted({org for _, org in failures})
        self.db.execute(
            "insert into public.orgs (id, name) select id, id::text from unnest(%s::uuid[]) as id",
            [orgs],
        )
        self.random.shuffle(failures)
        transactions = []
        while failures:
            size = self.random.choice([1, 5, 50, 300])
            transactions.append(failures[:size])
            del failures[:size]
        return [transactions[start : start + 8] for start in range(0, len(transactions), 8)]

    def _write(self, transactions: list[list[tuple[UUID, UUID]]], daemons: list[Victim]) -> None:
        """Open all, each in a session of its own, and commit them in another order."""
        with ExitStack() as stack:
            sessions = []
            for rows in transactions:
                session = stack.enter_context(closing(psycopg.connect(self.url)))
                states = [self.random.choice(["failed", "failed", "running"]) for _ in rows]
                ids = [run for run, _ in rows]
                session.execute(INSERT, [ids, [org for _, org in rows], states])
                turned = [run for run, state in zip(ids, states, strict=True) if state == "running"]
                sessions.append((session, turned))
                self.failed += ids
            self.random.shuffle(sessions)
            for session, turned in sessions:
                session.commit()
                self._trouble(daemons, 0.15)
                session.execute(FAIL, [turned])
                session.commit()
        # Replays: what has failed fails once more.
        again = self.random.sample(self.failed, min(20, len(self.failed)))
        self.db.execute(FAIL, [again])

    def _trouble(self, daemons: list[Victim], chance: float) -> None:
        """Kill a daemon, and start it again."""
        if self.random.random() < chance:
            place = self.random.randrange(len(daemons))
            self._kill(daemons[place])
            daemons[place] = self._daemon()

    def _kill(self, daemon: Victim) -> None:
        os.kill(daemon.pid, signal.SIGKILL)
        if error := daemon.wait().error:
            raise WrongError(error)
        self.kills += 1

    def _daemon(self) -> Victim:
        pause = self.random.uniform(0, 0.3)

        def watch() -> None:
            with closing(connect(worker_url(self.url), application_name="daemon")) as connection:
                while True:
                    watch_backup_failures(connection, pause)

        return Victim(watch)

    def _quiet(self, daemons: list[Victim]) -> None:
        """End the daemons; a look of our own finishes what the last one had begun."""
        for daemon in daemons:
            self._kill(daemon)
        with closing(connect(worker_url(self.url), application_name="soak")) as connection:
            sync_check(connection, "backup_failed")
            if changes := +Counter(sync_check(connection, "backup_failed")):
                raise WrongError(f"a second look at the same finds something else: {changes}")

    def _judge(self, when: str) -> None:
        found = self.db.execute(JUDGE, {"beyond": BEYOND}).fetchone()
        assert found is not None
        if any(found.values()):
            raise WrongError(f"{when}: {found}")
