"""record_storage: one size for each relation and day, whatever is locked, gone or hidden."""

from contextlib import closing
from datetime import date, timedelta

import psycopg
import pytest

from maint_pipeline.storage.record import record_storage

SIZES = """
select schema_name, relation_name, root_name, size.*
from maint.storage_sizes as size join maint.storage_relations on id = relation_id
where relation_name = %s order by day
"""


@pytest.fixture
def table(superuser):
    superuser.execute('create table public."we ""ird" (id integer primary key, words text)')
    superuser.execute("""
        insert into public."we ""ird"
        select n, case when n % 50 = 0 then (
            select string_agg(md5((n * m)::text), '') from generate_series(1, 200) as m
        ) else 'short' end from generate_series(1, 5000) as n
    """)
    superuser.execute('analyze public."we ""ird"')
    return 'we "ird'


def sizes(superuser, name):
    return superuser.execute(SIZES, [name]).fetchall()


def test_sizes_are_the_files_of_heap_toast_and_indexes(superuser, owner, table):
    result = record_storage(owner)
    (row,) = sizes(superuser, table)
    told = superuser.execute(
        "select pg_table_size(r) - pg_total_relation_size(reltoastrelid) as heap, "
        "pg_total_relation_size(reltoastrelid) as toast, pg_indexes_size(r) as indexes "
        "from (select %s::regclass as r) as given join pg_class on oid = r",
        ['public."we ""ird"'],
    ).fetchone()
    assert (row["heap_bytes"], row["toast_bytes"], row["index_bytes"]) == tuple(told.values())
    assert row["toast_bytes"] > 100_000 and row["live_rows"] == 5000 and row["dead_rows"] == 0
    assert result["unmeasured"] == 0 and result["unmeasured_names"] == []
    expected = superuser.execute(
        "select count(*) as n from pg_class where relkind in ('r', 'm') and relpersistence <> 't'"
    ).fetchone()["n"]
    assert result["relations"] == expected
    assert result["bytes"] >= sum(told.values())


def test_twice_on_a_day_is_one_row_with_the_later_sizes(superuser, owner, table):
    first = record_storage(owner)
    (before,) = sizes(superuser, table)
    superuser.execute(
        'insert into public."we ""ird" select n, \'more\' from generate_series(5001, 50000) as n'
    )
    second = record_storage(owner)
    (after,) = sizes(superuser, table)
    assert after["heap_bytes"] > before["heap_bytes"] and after["day"] == before["day"]
    assert first["relations"] == second["relations"]
    assert superuser.execute("select count(*) as n from maint.storage_days").fetchone()["n"] == 1


def test_what_may_not_be_seen_is_null(superuser, owner, table):
    record_storage(owner)
    kinds = superuser.execute("select kind, name, bytes from maint.storage_others").fetchall()
    found = {(row["kind"], row["name"]): row["bytes"] for row in kinds}
    # A worker may not list the server's files, and may not read the table's statistics.
    assert found["wal", ""] is None and found["temporary", ""] is None
    assert found["database", owner.info.dbname] > 1_000_000 and found["wal_written", ""] > 0
    assert sizes(superuser, table)[0]["reusable_bytes"] is None


def test_what_was_granted_is_seen(superuser, owner, table):
    superuser.execute("grant execute on function pg_ls_waldir(), pg_ls_tmpdir(oid) to maint_owner")
    superuser.execute('grant select on public."we ""ird" to maint_owner')
    superuser.execute('delete from public."we ""ird" where id <= 2500')
    superuser.execute('vacuum analyze public."we ""ird"')
    record_storage(owner)
    rows = superuser.execute("select kind, bytes from maint.storage_others").fetchall()
    found = {row["kind"]: row["bytes"] for row in rows}
    assert found["wal"] > 0 and found["temporary"] == 0
    (row,) = sizes(superuser, table)
    assert row["live_rows"] == 2500
    assert 0.3 * row["heap_bytes"] < row["reusable_bytes"] < 0.7 * row["heap_bytes"]


@pytest.mark.parametrize(
    "statement",
    ['lock table public."we ""ird"', 'reindex table public."we ""ird"'],
)
def test_a_locked_table_costs_only_itself_and_keeps_what_was_measured(
    superuser, owner, database, table, statement
):
    record_storage(owner)
    before = sizes(superuser, table)
    with closing(psycopg.connect(database)) as other:
        other.execute(statement)
        result = record_storage(owner)
    assert result["unmeasured_names"] == ['public."we ""ird"'] and result["unmeasured"] == 1
    assert sizes(superuser, table) == before and result["relations"] > 20
    (day,) = superuser.execute("select unmeasured from maint.storage_days").fetchall()
    assert day["unmeasured"] == ['public."we ""ird"']


def test_a_lock_that_comes_meanwhile_is_waited_for_briefly(owner, database, table):
    with closing(psycopg.connect(database)) as other:
        other.execute('lock table public."we ""ird"')
        (row,) = owner.execute(
            'select * from maint.storage_of(\'public."we ""ird"\'::regclass)'
        ).fetchall()
    assert row["is_locked"] and row["heap_bytes"] is None
    (gone,) = owner.execute("select * from maint.storage_of(1)").fetchall()
    assert gone == {"heap_bytes": None, "toast_bytes": 0, "index_bytes": None, "is_locked": False}


def test_a_partition_says_whose_it_is_and_a_temporary_table_is_nobodys(superuser, owner):
    superuser.execute("""
        create table public.whole (at date) partition by range (at);
        create table public.part partition of public.whole default;
        create temporary table passing (id integer);
    """)
    record_storage(owner)
    assert sizes(superuser, "part")[0]["root_name"] == "whole"
    assert sizes(superuser, "whole") == [] and sizes(superuser, "passing") == []
    superuser.execute("alter table public.whole detach partition public.part")
    record_storage(owner)
    assert [row["root_name"] for row in sizes(superuser, "part")] == [None]


def put_day(superuser, day: date) -> None:
    superuser.execute(
        "insert into maint.storage_days (day, taken_at, relations) values (%s, now(), 1)", [day]
    )
    superuser.execute(
        "insert into maint.storage_others (day, kind, bytes) values (%s, 'wal_written', 1)", [day]
    )
    superuser.execute(
        "insert into maint.storage_sizes (relation_id, day, heap_bytes, toast_bytes, index_bytes) "
        "select id, %s, 1, 0, 0 from maint.storage_relations where relation_name = 'kept' "
        "or relation_name = 'late' and extract(isodow from %s::date) >= 3 "
        "or relation_name = 'gone' and %s < date '2023-06-01'",
        [day, day, day],
    )


def test_after_two_years_one_day_of_a_week_is_left(superuser, owner):
    superuser.execute(
        "insert into maint.storage_relations (schema_name, relation_name) "
        "values ('s', 'kept'), ('s', 'late'), ('s', 'gone')"
    )
    today, first = date(2025, 7, 2), date(2023, 5, 1)
    for number in range((today - first).days):
        put_day(superuser, first + timedelta(days=number))
    thinned = owner.execute("select maint.thin_storage(%s) as n", [today]).fetchone()["n"]
    edge = date(2023, 6, 26)  # the Monday of the week two years ago
    old = [row["day"] for row in sizes(superuser, "kept") if row["day"] < edge]
    assert old == [first + timedelta(days=7 * week) for week in range(8)]
    recent = [row["day"] for row in sizes(superuser, "kept") if row["day"] >= edge]
    assert len(recent) == (today - edge).days
    # Each relation keeps one of each of its weeks, also one that was not measured on Mondays.
    late = [row["day"] for row in sizes(superuser, "late") if row["day"] < edge]
    assert late == [first + timedelta(days=7 * week + 2) for week in range(8)]
    assert sizes(superuser, "gone") == [] and thinned > 100
    others = "select count(*) as n from maint.storage_others where day < %s"
    assert superuser.execute(others, [edge]).fetchone()["n"] == 8
    assert owner.execute("select maint.thin_storage(%s) as n", [today]).fetchone()["n"] == 0


def test_nobody_else_reads_it(superuser, owner):
    record_storage(owner)
    for table in ("storage_days", "storage_relations", "storage_sizes", "storage_others"):
        for role, rows in (("authenticated", 0), ("service_role", 1)):
            superuser.execute(f"set role {role}")
            found = superuser.execute(f"select from maint.{table} limit 1").rowcount
            superuser.execute("reset role")
            assert found == rows, (table, role)
        superuser.execute("set role anon")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            superuser.execute(f"select from maint.{table}")
        superuser.execute("reset role")


def test_the_task_says_what_it_did(cli):
    (done,) = cli.json("run", "record_storage")
    assert done["status"] == "completed" and done["details"]["relations"] > 20
    assert "unmeasured_names" not in done["details"]
