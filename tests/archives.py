"""What tests of archives share: a table of any columns with a policy, its purge and its restore."""

from dataclasses import asdict
from pathlib import Path

from maint_pipeline.database.owners import Owners
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory, recorded
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore
from tests.application import administrator

POLICY = "things"
TABLE = "public.things"


def create_things(superuser, columns: str, rows: str) -> None:
    """Make the table, its rows and its policy, which archives what is older than 30 days."""
    superuser.execute(f"create table {TABLE} ({columns})")
    superuser.execute(rows)
    superuser.execute(f"grant select, delete, update on {TABLE} to maint_owner")
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep, action) "
        "values ('things', 'things', 'at', '30 days', 'archive')"
    )


def purge(owner, archive: Archive) -> dict:
    url = administrator(owner)
    return Purge(POLICY, duty=1, archive_url=archive.root, owner_url=url, vacuum=False).run(owner)


def restore(owner, archive: Archive, table: str = TABLE, **options) -> dict:
    chunks, faulty = recorded(owner, archive, POLICY)
    done = Restore(table, "at", **options).run(owner, archive, chunks, Owners(administrator(owner)))
    for file, problem in faulty.items():
        done.fail(file, problem)
    return {name: value for name, value in asdict(done).items() if value not in (0, [])}


def states(owner, archive: Archive) -> list[str]:
    return [row["state"] for row in inventory(owner, archive, read=True)]


def lines(superuser, table: str = TABLE) -> list[str]:
    """All rows as text, in an order of their own."""
    rows = superuser.execute(f"select t::text as line from {table} as t order by 1").fetchall()
    return [row["line"] for row in rows]


def files(archive: Archive) -> list[Path]:
    return sorted(path for path in Path(archive.root).rglob("*") if path.is_file())
