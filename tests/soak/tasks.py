"""The tasks that are broken off, each with a model of what must be true then, and in the end."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection
from maint_pipeline.database.worker import worker_url
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import recorded
from maint_pipeline.retention.purge import Purge
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
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
# As many of equal rows as are there now; those that had to stay before are among them.
STAYS = """
with present as (
    select line, count(*) as number from ({now}) as now
    where line in (select line from soak.original where id = %s) group by line
),
placed as (
    select original.ctid as place, number,
        row_number() over (partition by line order by stays desc) as nth
    from soak.original as original join present using (line)
)
update soak.original set stays = true
where ctid in (select place from placed where nth <= number)
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
            RunContext("cli"),
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
        """Do what others may do at any time: place a hold on a row that may be going just now."""
        with suppress(psycopg.errors.LockNotAvailable):
            self._hold(one(self.db, AN_EXPIRED_ROW))

    def meddle_meanwhile(self) -> None:
        """Do the same while it works."""
        self.meddle()

    @contextmanager
    def others_at_work(self) -> Iterator[None]:
        """Have others lock some rows meanwhile, mostly."""
        with closing(psycopg.connect(self.url)) as other:
            if self.random.random() < 0.75:
                other.execute(f"select from public.{self.table} where id % 20 = 3 for update")
            yield

    def _hold(self, row: object) -> None:
        with self.db.transaction():
            self.db.execute("set local lock_timeout = '30ms'")
            self.db.execute(HOLD, [self.name, row])
        self.db.execute(sql.SQL(STAYS).format(now=sql.SQL(self.now)), [row])

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
