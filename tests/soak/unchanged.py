"""A database of which nothing may change."""

from psycopg import sql

from maint_pipeline.database.connection import Connection
from tests.requests import create_people
from tests.soak.databases import superuser
from tests.soak.tasks import WrongError

LOOK_AGAIN = 100
"""After so many inputs all tables are compared with what they were."""


class Database:
    """A database of whose tables nothing may change."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.db: Connection = superuser(url)
        create_people(self.db)
        self.before = self.digest()

    def digest(self) -> dict[str, str]:
        """Give a digest of the rows of every table of ours and of the application."""
        tables = self.db.execute(
            "select format('%I.%I', schemaname, tablename) as name from pg_tables "
            "where schemaname in ('maint', 'public', 'auth') order by 1"
        ).fetchall()
        query = sql.SQL(
            "select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as d from {} as t"
        )
        return {
            row["name"]: self.db.execute(query.format(sql.SQL(row["name"]))).fetchone()["d"]
            for row in tables
        }

    def assert_unchanged(self, inputs: list[object]) -> None:
        after = self.digest()
        if changed := [name for name in after if after[name] != self.before.get(name)]:
            raise WrongError(f"{changed} changed by one of {inputs}")
