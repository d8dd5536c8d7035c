"""What comes back from the archive is what was deleted: every row, every value, once."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maint_pipeline.retention.archive import Archive
from tests.archives import TABLE, create_things, lines, purge, restore

OLD = "timestamptz '2020-01-01'"
HARD = r"""
create type public.mood as enum ('a,b', '', 'it''s "so"');
create type public.pair as (x int, y text);
create domain public.word as text check (value <> 'no');
"""
HARD_COLUMNS = """
at timestamptz, number bigint generated always as identity,
twice int generated always as (n * 2) stored, n int, texts text[], pair public.pair,
pairs public.pair[], mood public.mood, span int4range, spans tstzmultirange, day date,
stamp timestamp, real float8, amount numeric, cash money, bytes bytea, word public.word,
gap interval, net inet, bits varbit, doc jsonb, raw json, "odd ""name"", yes" text
"""
HARD_ROWS = r"""
insert into public.things (
    at, n, texts, pair, pairs, mood, span, spans,
    day, stamp, real, amount, cash, bytes, word, gap,
    net, bits, doc, raw, "odd ""name"", yes"
)
values (
    '-infinity', 1, '{}', '(1,)', '{"(1,\"a,b\")",NULL}', 'a,b', '[1,5)', '{[2020-01-01,)}',
    'infinity', '-infinity', 'NaN', 'NaN', 1234.5, '\x', '', '1 mon -2 days 3 sec',
    '::1', B'01', '{"a": [1]}', '{"a":  1}', E'\\.'
), (
    '4713-01-01 BC', 2, '{a,NULL,"","NULL"}', '(,"")', null, '', 'empty', '{}',
    '4713-01-01 BC', '294276-12-31', '-Infinity', 1e-300, -0.01, '\x00ff', 'a', '-178000000 years',
    '10/8', B'', 'null', 'null', ''
), (
    '0044-03-15 BC', 3, null, null, null, 'it''s "so"', null, null,
    '5874897-12-31', '0001-01-01 BC', 0.1::float8 + 0.2, 1.10, null, null, null, null,
    null, null, null, null, E'\r\n\t"ü€",\\N'
), (
    '2020-02-29 23:59:59.999999+14', 4, '[0:1]={x,y}', null, null, null, '(,)', null,
    null, null, '-0', 'infinity', null, null, null, null,
    null, null, null, null, null
);
"""


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(str(tmp_path / "archive"))


def test_equal_rows_of_several_files_all_come_back(superuser, owner, archive):
    create_things(
        superuser, "at timestamptz, note text",
        f"insert into {TABLE} select {OLD}, 'same' from generate_series(1, 40000)",
    )  # fmt: skip
    assert purge(owner, archive)["archive_files"] > 1
    # An equal row that was never deleted is none of those.
    superuser.execute(f"insert into {TABLE} values ({OLD}, 'same')")
    assert restore(owner, archive)["restored"] == 40000
    assert len(lines(superuser)) == 40001
    assert restore(owner, archive)["restored_before"] == 40000
    assert len(lines(superuser)) == 40001
    # Purged and restored again: they are in the archive twice, in the table once.
    assert purge(owner, archive)["archived_rows"] == 40001
    assert restore(owner, archive)["restored"] == 40001
    assert len(lines(superuser)) == 40001


def test_time_by_time_each_row_comes_once(superuser, owner, archive):
    create_things(
        superuser, "at timestamptz",
        f"insert into {TABLE} select {OLD} + day * interval '1 day' "
        "from generate_series(1, 9) as day, generate_series(1, 2)",
    )  # fmt: skip
    before = lines(superuser)
    purge(owner, archive)
    first, third = datetime(2020, 1, 4, tzinfo=UTC), datetime(2020, 1, 7, tzinfo=UTC)
    assert restore(owner, archive, begin=first, end=third)["restored"] == 6
    assert restore(owner, archive, begin=first)["restored"] == 8
    assert restore(owner, archive) == {
        "files": 1, "rows": 18, "restored": 4, "restored_before": 14,
    }  # fmt: skip
    assert lines(superuser) == before


@pytest.mark.parametrize("key", ["", ", primary key (n)", ", primary key (n) deferrable"])
@pytest.mark.parametrize("is_staged", [False, True])
def test_values_of_all_kinds(superuser, owner, archive, key, is_staged):
    superuser.execute(HARD)
    create_things(superuser, HARD_COLUMNS + key, HARD_ROWS)
    if is_staged:  # a trigger that keeps one row makes the purge take the other way
        superuser.execute(
            "create function public.keep() returns trigger language plpgsql as "
            "$$ begin return case when old.n = 4 then null else old end; end $$; "
            f"create trigger keep before delete on {TABLE} "
            "for each row execute function public.keep()"
        )
    before = lines(superuser)
    assert purge(owner, archive)["archived_rows"] == 4 - is_staged
    assert restore(owner, archive)["restored"] == 4 - is_staged
    assert lines(superuser) == before
    assert "restored" not in restore(owner, archive)
    assert lines(superuser) == before


TEXT = st.one_of(
    st.none(), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
)
ROW = st.tuples(
    TEXT, TEXT, st.one_of(st.none(), st.floats(width=64)), st.one_of(st.none(), st.binary()),
    st.one_of(st.none(), st.lists(TEXT, max_size=3)),
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, min_size=1, max_size=8), copies=st.integers(1, 3))
def test_any_rows(superuser, owner, archive, rows, copies):
    superuser.execute(f"drop table if exists {TABLE}; delete from maint.retention_policies "
                      "where name = 'things'")  # fmt: skip
    superuser.execute("delete from maint.restored_chunks; delete from maint.archived_chunks")
    create_things(superuser, "t text, at timestamptz, u text, f float8, b bytea, l text[]", "")
    for row in rows * copies:
        superuser.execute(f"insert into {TABLE} values (%s, {OLD}, %s, %s, %s, %s)", row)
    before = lines(superuser)
    assert purge(owner, archive)["archived_rows"] == len(before)
    assert lines(superuser) == []
    assert restore(owner, archive)["restored"] == len(before)
    assert lines(superuser) == before


def test_the_latest_values_win_where_a_row_was_archived_twice(superuser, owner, archive):
    create_things(
        superuser, "n int primary key, at timestamptz, note text",
        f"insert into {TABLE} values (1, {OLD}, 'first'), (2, {OLD}, 'kept')",
    )  # fmt: skip
    purge(owner, archive)
    restore(owner, archive)
    superuser.execute(f"update {TABLE} set note = 'second' where n = 1")
    purge(owner, archive)
    restore(owner, archive)
    notes = superuser.execute(f"select note from {TABLE} order by n").fetchall()
    assert [row["note"] for row in notes] == ["second", "kept"]


def test_a_key_that_another_row_has_now(superuser, owner, archive):
    create_things(
        superuser, "n int primary key, at timestamptz",
        f"insert into {TABLE} values (1, {OLD}), (2, {OLD})",
    )  # fmt: skip
    purge(owner, archive)
    superuser.execute(f"insert into {TABLE} values (1, now())")
    assert restore(owner, archive) == {"files": 1, "rows": 2, "restored": 1, "kept_out": 1}


def test_columns_that_came_and_went(superuser, owner, archive):
    create_things(
        superuser, "gone int, at timestamptz, note text",
        f"insert into {TABLE} values (1, {OLD}, 'a')",
    )  # fmt: skip
    superuser.execute(f"alter table {TABLE} drop column gone, add column more int default 7")
    purge(owner, archive)
    superuser.execute(f"alter table {TABLE} add column later text default 'x', add column free int")
    assert restore(owner, archive)["restored"] == 1
    assert lines(superuser) == ['("2020-01-01 00:00:00+00",a,7,x,)']
    purge(owner, archive)
    superuser.execute(f"alter table {TABLE} drop column later")
    superuser.execute("create table public.wider (like public.things, later text)")
    result = restore(owner, archive)
    # The file from before the column has it not; the other one does.
    assert result["restored_before"] == 1
    (problem,) = result["problems"]
    assert "has no column later any more" in problem["problem"] and lines(superuser) == []
    assert restore(owner, archive, "public.wider")["restored"] == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [("new.note := 'b'; return new", "changes 1 rows"), ("return null", "doesn't take 1 rows")],
)
def test_a_trigger_that_would_make_other_rows(superuser, owner, archive, body, said):
    create_things(
        superuser, "at timestamptz, note text", f"insert into {TABLE} values ({OLD}, 'a')"
    )
    before = lines(superuser)
    purge(owner, archive)
    superuser.execute(
        f"create function public.f() returns trigger language plpgsql as $$ begin {body}; end $$; "
        f"create trigger f before insert on {TABLE} for each row execute function public.f()"
    )
    (problem,) = restore(owner, archive)["problems"]
    assert said in problem["problem"] and lines(superuser) == []
    superuser.execute(f"alter table {TABLE} disable trigger f")
    assert restore(owner, archive)["restored"] == 1 and lines(superuser) == before


def test_a_partition_that_is_gone_has_to_be_there_again(superuser, owner, archive):
    superuser.execute(f"create table {TABLE} (at timestamptz, note text) partition by range (at)")
    partition = (
        f"{TABLE}_2020 partition of {TABLE} for values from ('2020-01-01') to ('2021-01-01')"
    )
    superuser.execute(f"create table {partition}")
    superuser.execute(f"insert into {TABLE} select {OLD}, 'same' from generate_series(1, 500)")
    before = lines(superuser)
    superuser.execute(
        f"grant select, delete, update on {TABLE}, {TABLE}_2020 to maint_owner; "
        "insert into maint.retention_policies (name, table_name, time_column, keep, action) "
        "values ('things', 'things', 'at', '30 days', 'archive')"
    )
    result = purge(owner, archive)
    assert result["archived_rows"] == 500 and len(result["partitions_dropped"]) == 1
    (problem,) = restore(owner, archive)["problems"]
    assert "no partition of relation" in problem["problem"]
    superuser.execute(f"create table {partition}")
    assert restore(owner, archive)["restored"] == 500 and lines(superuser) == before
