"""A purge of a partitioned table."""

import time
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from tests.soak.databases import one
from tests.soak.tasks import AN_EXPIRED_ROW, Task, WrongError

UNNOTED = """
select count(*) as n from soak.partitions join pg_class on pg_class.oid = partition
where not relispartition
    and not exists (select from maint.detaching_partitions where partition_oid = partition)
"""
LEAVING = """
select relname as name, relispartition as is_attached from maint.detaching_partitions
join pg_class on pg_class.oid = partition_oid order by relispartition limit 1
"""
NAME = "select relname as name from pg_class where oid = %s"


class DropPartitions(Task):
    """A purge of a partitioned table: expired partitions are detached and dropped."""

    name = "events"
    share = 3

    def __init__(self, url: str, folder: Path, random: Random, work_url: str = "") -> None:
        super().__init__(url, folder, random, work_url)
        self.now = "select line from soak.rows_of_partitions() as line"

    def create_table(self) -> None:
        default = self.random.random() < 0.2
        self._script("events.sql", default=default, held=self.random.randint(1, 580))
        self.young = one(self.db, "select 'public.events_7'::regclass::oid")

    def others_at_work(self) -> AbstractContextManager[None]:
        """Nobody is: a lock on one row would only hold up every detach."""
        return nullcontext()

    def meddle(self) -> None:
        """Hold a row, of a partition on its way out if there is one; or swap two names."""
        with suppress(psycopg.errors.LockNotAvailable, psycopg.errors.UndefinedTable):
            row = None
            if leaving := self._leaving():
                row = one(self.db, f"select min(id)::text from only public.{leaving['name']}")
            if row or self.random.random() < 0.5:
                self._hold(row or one(self.db, AN_EXPIRED_ROW))
            else:
                self._swap(f"events_{self.random.randint(0, 5)}")

    def meddle_meanwhile(self) -> None:
        """Do the same, or swap names again and again while a partition is detached."""
        if self.random.random() < 0.5:
            self.meddle()
            return
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            leaving = self._leaving()
            if leaving and not leaving["is_attached"]:
                with suppress(psycopg.errors.LockNotAvailable, psycopg.errors.UndefinedTable):
                    self._swap(leaving["name"])

    def _leaving(self) -> dict[str, Any] | None:
        """Give a partition that a purge has noted: one that is detached rather than another."""
        return self.db.execute(LEAVING).fetchone()

    def _swap(self, old: str) -> None:
        """Have the young partition take the name of an expired one."""
        found = self.db.execute(NAME, [self.young]).fetchone()
        if found is None:
            return  # it was dropped: the next check says which rows are lost
        young, spare = found["name"], f"old_{time.monotonic_ns()}"
        with self.db.transaction():
            self.db.execute("set local lock_timeout = '30ms'")
            self.db.execute(f"alter table public.{old} rename to {spare}")
            self.db.execute(f"alter table public.{young} rename to {old}")
            self.db.execute(f"alter table public.{spare} rename to {young}")

    def check(self) -> None:
        super().check()
        if orphans := one(self.db, UNNOTED):
            raise WrongError(f"{self.name}: {orphans} detached partitions that nothing knows of")

    def check_done(self) -> None:
        super().check_done()
        in_table = "select t::text as line from public.events as t"
        found = self.db.execute("select * from soak.judge(%s)", [in_table]).fetchone()
        if found["staying_lost"]:  # type: ignore[index]
            raise WrongError(f"{self.name}: rows that stay are in no attached partition: {found}")
