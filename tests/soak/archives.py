"""A purge that archives, and a restore of what it has archived."""

from contextlib import AbstractContextManager, closing, nullcontext

from maint_pipeline.database.connection import connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.database.worker import worker_url
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory, recorded
from maint_pipeline.retention.restore import Restore
from tests.soak.databases import one
from tests.soak.tasks import Task, WrongError


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

    def others_at_work(self) -> AbstractContextManager[None]:
        """Nobody else is."""
        return nullcontext()

    def never(self) -> tuple[str, ...]:
        return ("foreigners", "staying_lost", "lost")

    def check_done(self) -> None:
        self.check()
        found = self.db.execute("select * from soak.judge(%s)", [self.now]).fetchone()
        if found["gone"]:  # type: ignore[index]
            raise WrongError(f"{self.name}: not all came back: {found}")
