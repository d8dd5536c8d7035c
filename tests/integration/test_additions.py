"""What a migration adds to the application's relations is what the lists say, no more and no less.

The lists: columns.py, indexes.py, rights.py. What is compared with them: the catalogs before and
after, the queries that look before a migration, and the guide.
"""

import re
from collections import Counter
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.database import alerts_table
from maint_pipeline.database.columns import ALERT_COLUMNS, ALERTS_TABLE, LEDGER, LEDGER_COLUMNS
from maint_pipeline.database.connection import connect
from maint_pipeline.database.indexes import BACKUP_RUNS, INDEXES
from maint_pipeline.database.rights import POLICIES, PURGES, RAISES, READS, RECORDS, VACUUMS
from maint_pipeline.database.trust import DEFAULT_SOURCES
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install, plan
from maint_pipeline.sample import create_sample_application
from tests.integration import snapshots
from tests.integration.test_adoption import LEGACY

GUIDE = (Path(__file__).parents[2] / "docs/administrator.md").read_text()
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
RIGHTS = """
select attrelid::regclass::text as relation, privilege_type
from pg_attribute cross join aclexplode(attacl)
where grantee = 'maint_owner'::regrole
union
select pg_class.oid::regclass::text, privilege_type
from pg_class cross join aclexplode(relacl)
where grantee = 'maint_owner'::regrole and relnamespace = 'public'::regnamespace and relkind <> 'S'
"""


@pytest.fixture(scope="module")
def added(server_url, tmp_path_factory):
    """The catalogs of a legacy application before a migration and after it."""
    with closing(psycopg.connect(server_url, autocommit=True)) as server:
        server.execute("create database additions")
        url = database_url(server_url, "additions")
        with closing(connect(url, application_name="test", as_owner=False)) as connection:
            connection.execute("set search_path = public")
            create_sample_application(connection)
            connection.execute(LEGACY)
            connection.execute("reset search_path")
            before, planned = snapshots.catalog(connection), plan(url)
            install(url)
            yield before, snapshots.catalog(connection), planned, connection
        server.execute("drop database additions with (force)")


def new(added, kind: str) -> set[tuple]:
    before, after, _, _ = added
    assert before[kind] - after[kind] == set() or kind == "grants"
    return after[kind] - before[kind]


def short(table: str) -> str:
    return table.removeprefix("public.")


def test_columns(added):
    columns = {
        (short(c.table), c.name, c.type, c.default is not None, c.default)
        for c in (*LEDGER_COLUMNS, *ALERT_COLUMNS)
    }
    assert new(added, "columns") == columns


def test_our_own_table_of_alerts_has_the_same_columns(added):
    connection = added[3]
    rows = connection.execute(
        "select attname::text as name, format_type(atttypid, atttypmod) as type "
        "from pg_attribute where attrelid = 'maint.alerts'::regclass and attnum > 0 "
        "and not attisdropped"
    ).fetchall()
    ours = {(row["name"], row["type"]) for row in rows}
    assert {(c.name, c.type) for c in ALERT_COLUMNS} < ours
    # The question whether the application's table fits asks for these, and no others.
    asked = set(re.findall(r"\('(\w+)', '([\w ]+)', (?:true|false)\)", alerts_table._QUERY))
    assert asked == ours


def test_indexes(added):
    assert {name for name, valid in new(added, "indexes") if valid} == {i.name for i in INDEXES}


def test_policies(added):
    policies = {(name, relation) for relation, name, *_ in new(added, "policies")}
    public = {(name, table) for name, table in policies if not table.startswith("maint.")}
    assert public == {(name, short(LEDGER)) for name in POLICIES}
    assert {name for name, _ in policies} == POLICIES.keys()


def test_grants(added):
    found: dict[str, set[str]] = {}
    for row in added[3].execute(RIGHTS).fetchall():
        found.setdefault(row["relation"], set()).add(row["privilege_type"].lower())
    expected = {table: {*READS} for _, table in DEFAULT_SOURCES.values()}
    expected[short(LEDGER)] = {*RECORDS}
    expected["audit_logs"] = {*PURGES}
    expected[short(ALERTS_TABLE)] = {*RAISES}
    if added[3].info.server_version >= 170000:
        expected["audit_logs"].add(VACUUMS)
        expected[short(ALERTS_TABLE)].add(VACUUMS)
    assert found == expected


def test_the_plan_and_the_guide_count_right(added):
    planned = added[2]
    indexes = Counter(index.table for index in INDEXES)
    assert f"gets {len(LEDGER_COLUMNS)} columns, {indexes[LEDGER]} small indexes" in planned
    assert f"{indexes[BACKUP_RUNS]} partial indexes" in planned
    assert f"gets\n  {NUMBERS[len(LEDGER_COLUMNS)]} columns" in GUIDE
    defaults = sum(column.default is not None for column in ALERT_COLUMNS)
    words = f"{NUMBERS[len(ALERT_COLUMNS)]} columns on `security_alerts` ({NUMBERS[defaults]} of"
    assert words in GUIDE
    assert f"gets {NUMBERS[indexes[BACKUP_RUNS]]} partial indexes" in GUIDE
    for index in INDEXES:
        if index.table == BACKUP_RUNS:
            assert f"`{index.name}`" in GUIDE
