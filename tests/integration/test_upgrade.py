"""A database and an archive of an older state: brought to today, with nothing lost."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.installation import install
from tests.upgrades import STATES, load

TABLES = """
select format('%I.%I', nspname, relname) as table,
    string_agg(quote_ident(attname), ', ' order by attnum) as columns
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
join pg_attribute on attrelid = pg_class.oid
where nspname in ('public', 'auth', 'maint') and relkind = 'r' and attnum > 0 and not attisdropped
group by 1 order by 1
"""


@dataclass(frozen=True)
class Old:
    """A loaded old state: the superuser's URL, and where its files are."""

    url: str
    folder: Path


@pytest.fixture(params=STATES, ids=lambda folder: folder.name)
def old(request, new_database) -> Old:
    url = new_database()
    load(url, request.param)
    return Old(url, request.param)


def contents(url: str, tables: dict[str, str] | None = None) -> dict[str, list[str]]:
    """All rows of all tables as text, of the columns given."""
    with closing(psycopg.connect(url)) as connection:
        found = {}
        for table, columns in (tables or dict(connection.execute(TABLES).fetchall())).items():
            query = f"select row({columns})::text from {table} order by 1"
            found[table] = [row[0] for row in connection.execute(query.encode())]
        return found


def columns_of(url: str) -> dict[str, str]:
    with closing(psycopg.connect(url)) as connection:
        return dict(connection.execute(TABLES).fetchall())


def test_nothing_is_lost(old):
    tables = columns_of(old.url)
    before = contents(old.url, tables)
    assert install(old.url)
    after = contents(old.url, tables)
    changed = {
        table: ([row for row in before[table] if row not in after[table]], [row for row in after[table] if row not in before[table]])
        for table in tables if before[table] != after[table]
    }
    for t, (a, b) in changed.items():
        print(t); print("  lost", *a[:30], sep="\n    "); print("  new", *b[:30], sep="\n    ")
    assert changed == {}
