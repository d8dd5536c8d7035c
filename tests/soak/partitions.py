"""A purge of a partitioned table."""

import time
from contextlib import suppress
from pathlib import Path
from random import Random

import psycopg

from tests.soak.databases import one
from tests.soak.tasks import Task, WrongError

UNNOTED = """
select count(*) as n from soak.partitions join pg_class on pg_class.oid = partition
where not relispartition
    and not exists (select from maint.detaching_partitions where partition_oid = partition)
"""


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

    def meddle(self) -> None:
        if self.random.random() < 0.5:
            super().meddle()
        else:
            with suppress(psycopg.errors.LockNotAvailable, psycopg.errors.UndefinedTable):
                self._rename()

    def _rename(self) -> None:
        """Have a young partition take the name of an expired one."""
        old, spare = f"events_{self.random.randint(0, 5)}", f"old_{time.monotonic_ns()}"
        with self.db.transaction():
            self.db.execute("set local lock_timeout = '30ms'")
            self.db.execute(f"alter table public.{old} rename to {spare}")
            self.db.execute(f"alter table public.events_7 rename to {old}")
            self.db.execute(f"alter table public.{spare} rename to events_7")

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
