"""The tasks that are broken off, each with a model of what must be true then, and in the end."""

import shutil
import time
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.database.worker import worker_url
from maint_pipeline.ledger import Origin, run_recorded
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory, recorded
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore
from tests.soak.databases import one, superuser

HERE = Path(__file__).parent
POLICY = """
insert into maint.retention_policies (
    name, table_name, time_column, hold_condition, keep, action, batch_target
) values (%s, %s, 'at', 'held', '30 days', %s, '1 ms')
"""
HOLD = """
insert into maint.legal_holds (policy_name, column_name, value, reason)
values (%s, 'id', %s, 'soak')
"""
AN_EXPIRED_ROW = """
select id::text from soak.original where not stays and id is not null order by random() limit 1
"""
STAYS = """
update soak.original set stays = true where ctid in (
    select ctid from soak.original where id = %s and not stays limit (
        select count(*) from ({now}) as now where line in (
            select line from soak.original where id = %s)))
"""
UNNOTED = """
select count(*) as n from soak.partitions join pg_class on pg_class.oid = partition
where not relispartition
    and not exists (select from maint.detaching_partitions where partition_oid = partition)
"""


class WrongError(AssertionError):
    """What must never be."""


class Task:
    """A purge that deletes; the others differ as they say.

    Args:
        url: the superuser's, of a database of its own.
        folder: for its archive.
        random: what all its choices come from.
        work_url: what the work connects to, where that is another way to the same database.
    """

    name = "purge"
    action = "delete"
    share = 3

    def __init__(self, url: str, folder: Path, random: Random, work_url: str = "") -> None:
        self.table = self.name
        self.url, self.work_url = url, work_url or url
        self.folder, self.random = folder / self.name, random
        self.db: Connection = superuser(url)
        self.now = f"select t::text as line from public.{self.table} as t"
        self.loaded: set[str] = set()

    def reconnect(self) -> None:
        """Open a session again, after the server was away."""
        self.db.close()
        self.db = superuser(self.url)

    def prepare(self) -> None:
        """Begin with a fresh table and an empty archive."""
        self.db.execute("delete from maint.legal_holds")
        self.db.execute("delete from maint.restored_chunks; delete from maint.archived_chunks")
        self.db.execute("delete from maint.archive_runs; delete from maint.detaching_partitions")
        self.db.execute("delete from maint.retention_policies where name = %s", [self.name])
        shutil.rmtree(self.folder, ignore_errors=True)
        self.loaded.clear()
        self.create_table()
        self.db.execute(POLICY, [self.name, self.table, self.action])

    def create_table(self) -> None:
        key = self.random.choice(["", " primary key"])
        self._script("tables.sql", table=self.table, key=key, rows=self.random.choice([60, 400]))

    def _script(self, name: str, **values: object) -> None:
        text = (HERE / name).read_text()
        for word, value in values.items():
            text = text.replace("{" + word + "}", str(value))
        self.db.execute(text.encode())

    def work(self) -> None:
        """Do it, in whatever process: records a run in the ledger."""
        run_recorded(
            worker_url(self.work_url),
            f"cleanup_expired_rows:{self.name}",
            Origin("cli"),
            lambda run: self.purge(run.connection),
        )

    def purge(self, connection: Connection) -> dict[str, object]:
        return Purge(
            self.name,
            duty=1,
            archive_url=str(self.folder),
            owner_url=self.work_url,
            vacuum=self.random.random() < 0.1,
        ).run(connection)

    def meddle(self) -> None:
        """Do what others may do at any time: place a hold, or lock some rows."""
        with suppress(psycopg.errors.LockNotAvailable):
            self.random.choice([self._hold, self._lock])()

    def _hold(self) -> None:
        """Place a hold on a row that has expired, and that may be going just now."""
        row = one(self.db, AN_EXPIRED_ROW)
        with self.db.transaction():
            self.db.execute("set local lock_timeout = '30ms'")
            self.db.execute(HOLD, [self.name, row])
        self.db.execute(sql.SQL(STAYS).format(now=sql.SQL(self.now)), [row, row])

    def _lock(self) -> None:
        """Lock some rows for a moment."""
        with self.db.transaction():
            self.db.execute("set local lock_timeout = '30ms'")
            self.db.execute(f"select from public.{self.table} where id % 20 = 3 for update")
            time.sleep(0.3)

    def check(self) -> None:
        """Compare all rows with the model; nobody works meanwhile."""
        self._load_archive()
        found = self.db.execute("select * from soak.judge(%s)", [self.now]).fetchone()
        assert found is not None
        for what in self.never():
            if found[what]:
                raise WrongError(f"{self.name}: {what} {found[what]}: {found}")

    def never(self) -> tuple[str, ...]:
        """Name the figures that are 0 whenever one looks."""
        return ("foreigners", "staying_lost")

    def check_done(self) -> None:
        """Check what must be so after a run that nothing broke off."""
        self.check()
        gone = "select count(*) as n from soak.original where not stays"
        found = self.db.execute("select * from soak.judge(%s)", [self.now]).fetchone()
        if found["gone"] != one(self.db, gone):  # type: ignore[index]
            raise WrongError(f"{self.name}: {found}, though {one(self.db, gone)} have expired")
        running = "select count(*) as n from public.maintenance_task_runs where status = 'running'"
        if one(self.db, running):
            raise WrongError(f"{self.name}: a run that ended is running still")

    def _load_archive(self) -> None:
        """Note the rows of chunks that are new, as an independent reader finds them."""
        if not self.folder.exists():
            return
        archive = Archive(str(self.folder))
        chunks, faulty = recorded(self.db, archive, self.name)
        if faulty:
            raise WrongError(f"{self.name}: {faulty}")
        for chunk in chunks:
            if chunk.file in self.loaded:
                continue
            with self.db.transaction():
                self.db.execute(f"create temporary table chunk (like public.{self.table}) "
                                "on commit drop")  # fmt: skip
                with self.db.cursor().copy(
                    "copy chunk from stdin (format csv, header match)"
                ) as copy:
                    for part in archive.read(chunk):
                        copy.write(part)
                self.db.execute("insert into soak.archived select t::text from chunk as t")
            self.loaded.add(chunk.file)


class ArchiveAndDelete(Task):
    """A purge that archives: what is gone is in the archive, once."""

    name = "archive"
    action = "archive"
    share = 4

    def never(self) -> tuple[str, ...]:
        return ("foreigners", "staying_lost", "lost", "doubled")

    def check_done(self) -> None:
        super().check_done()
        archive = Archive(str(self.folder))
        rows = inventory(self.db, archive, read=True)
        if wrong := [row for row in rows if row["state"] != "sound"]:
            raise WrongError(f"{self.name}: {wrong}")
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        if len(files) != 2 * len(rows) or one(self.db, "select count(*) from maint.archive_runs"):
            raise WrongError(f"{self.name}: {len(files)} files of {len(rows)} chunks are left")


class RestoreArchive(ArchiveAndDelete):
    """A restore of all that a purge has archived: in the end the table is what it was."""

    name = "restore"
    share = 3

    def prepare(self) -> None:
        super().prepare()
        with closing(connect(worker_url(self.url), application_name="soak")) as connection:
            for days in (250, 150, 30):  # several chunks
                keep = f"update maint.retention_policies set keep = '{days} days' where name = %s"
                self.db.execute(keep.encode(), [self.name])
                self.purge(connection)
        if self.random.random() < 0.5:
            self.db.execute(f"grant insert on public.{self.table} to maint_owner")

    def work(self) -> None:
        with closing(connect(worker_url(self.work_url), application_name="soak")) as connection:
            archive = Archive(str(self.folder))
            chunks, faulty = recorded(connection, archive, self.name)
            restore = Restore(f"public.{self.table}", "at")
            done = restore.run(connection, archive, chunks, Owners(self.work_url))
        if done.problems or faulty:
            raise WrongError(f"{self.name}: {done.problems} {faulty}")

    def meddle(self) -> None:
        """Nobody else restores."""

    def never(self) -> tuple[str, ...]:
        return ("foreigners", "staying_lost", "lost")

    def check_done(self) -> None:
        self.check()
        found = self.db.execute("select * from soak.judge(%s)", [self.now]).fetchone()
        if found["gone"]:  # type: ignore[index]
            raise WrongError(f"{self.name}: not all came back: {found}")


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


TASKS = (Task, ArchiveAndDelete, DropPartitions, RestoreArchive)
