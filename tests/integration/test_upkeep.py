"""Upkeep: the tables that are due are visited gently, in the owner's session, and nothing else."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.upkeep.visits import (
    ANALYZE,
    FREEZE,
    tables_to_analyze,
    tables_to_freeze,
    visit,
)

NAME = 'public."The ""table"'


@pytest.fixture
def table(superuser):
    superuser.execute(f"create table {NAME} (id integer primary key, words text)")
    superuser.execute(f"insert into {NAME} select n, 'x' from generate_series(1, 5000) as n")
    superuser.execute("select pg_stat_force_next_flush()")
    return NAME


def analyzed(owner, share: float = 0.05) -> dict[str, str]:
    owner.execute("select pg_stat_clear_snapshot()")
    return {each.relation: each.why for each in tables_to_analyze(owner, share=share)}


def outcomes(owner, url, due, statement, until=None) -> dict[str, str]:
    return {
        row["table"]: row["outcome"] for row in visit(owner, due, statement, until, Owners(url))
    }


def test_what_the_planner_does_not_know_is_analyzed_first(database, superuser, owner, table):
    assert analyzed(owner)[table] == "the planner knows nothing of it"
    due = [each for each in tables_to_analyze(owner, share=0.05) if each.relation == table]
    assert outcomes(owner, database, due, ANALYZE) == {table: "done"}
    assert table not in analyzed(owner)
    seen = superuser.execute("select count(*) as n from pg_stats where tablename = %s",
                             ['The "table']).fetchone()  # fmt: skip
    assert seen["n"] == 2
    superuser.execute(f"update {table} set words = 'y' where id <= 200")
    superuser.execute("select pg_stat_force_next_flush()")
    assert table not in analyzed(owner)
    assert "200 rows have changed" in analyzed(owner, share=0.02)[table]


def test_partitioned_tables_are_analyzed_too(database, superuser, owner):
    superuser.execute("create table public.whole (id integer) partition by range (id)")
    superuser.execute("create table public.part partition of public.whole default")
    superuser.execute("insert into public.whole select n from generate_series(1, 100) as n")
    due = [each for each in tables_to_analyze(owner, share=0.05) if each.relation == "public.whole"]
    assert outcomes(owner, database, due, ANALYZE) == {"public.whole": "done"}
    assert "public.whole" not in analyzed(owner)


def freeze_due(superuser, owner, table) -> list:
    # A pace at which every table is due tomorrow.
    superuser.execute("select maint.take_health_sample()")
    superuser.execute("""
        insert into maint.health_samples (taken_at, figures)
        select taken_at - interval '2 days', jsonb_build_object('transaction_ids',
            (figures ->> 'transaction_ids')::bigint - 4000000000) from maint.health_samples
    """)
    superuser.execute(f"alter table {table} set (autovacuum_freeze_max_age = 100000)")
    superuser.execute(f"alter table {table} set (autovacuum_enabled = off)")
    found = tables_to_freeze(owner, days=7, share=0.75, megabytes=0)
    return [each for each in found if each.relation == table]


def burn(url: str, ids: int) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(
            f"do $$ begin for i in 1..{ids} loop "
            "perform pg_current_xact_id(); commit; end loop; end $$"
        )


def test_what_is_due_within_days_is_frozen_and_then_due_no_more(database, superuser, owner, table):
    burn(database, 6000)
    (due,) = freeze_due(superuser, owner, table)
    assert "vacuumed by force at" in due.why and "in 0." in due.why
    age = "select age(relfrozenxid) as age from pg_class where oid = %s::regclass"
    before = superuser.execute(age, [table]).fetchone()["age"]
    assert before > 5000
    assert outcomes(owner, database, [due], FREEZE) == {table: "done"}
    assert superuser.execute(age, [table]).fetchone()["age"] < 1000
    assert freeze_due(superuser, owner, table) == []


def test_a_window_that_closes_ends_it_and_locks_are_not_waited_for(
    database, superuser, owner, table
):
    due = [each for each in tables_to_analyze(owner, share=0.05) if each.relation == table]
    closed = datetime.now(UTC) + timedelta(milliseconds=100)
    found = outcomes(owner, database, due, ANALYZE, until=closed)
    assert "the maintenance window closed" in found[table]
    with closing(psycopg.connect(database)) as other:
        other.execute(f"lock table {table} in share update exclusive mode")
        assert outcomes(owner, database, due, ANALYZE) == {table: "somebody has it locked"}
    assert outcomes(owner, None, due, ANALYZE)[table].startswith("left to autovacuum, because ")
    assert analyzed(owner)[table]
    assert outcomes(owner, database, due, ANALYZE) == {table: "done"}


def test_code_in_an_index_has_no_more_rights_and_one_failure_stops_no_other(
    database, superuser, owner, table
):
    superuser.execute("create role tenant")
    superuser.execute("grant create, usage on schema public to tenant")
    with closing(connect(database, application_name="test", as_owner=False)) as tenant:
        tenant.execute("set role tenant")
        tenant.execute("create table public.trap (id integer)")
        tenant.execute(
            "create function public.spring(integer) returns integer language plpgsql immutable as "
            "$$ begin if current_user <> 'tenant' then raise exception 'more rights'; end if; "
            "if $1 < 0 then raise exception 'sprung as %', current_user; end if; return $1; end $$"
        )
        tenant.execute("create index on public.trap (public.spring(id))")
        tenant.execute("create statistics public.s on (public.spring(id)), id from public.trap")
        tenant.execute("insert into public.trap values (1), (2)")
    due = [
        each for each in tables_to_analyze(owner, share=0.05)
        if each.relation in ("public.trap", table)
    ]  # fmt: skip
    assert len(due) == 2
    found = outcomes(owner, database, due, ANALYZE)
    assert found[table] == "done"
    # Whatever became of it, the code has seen no other role.
    assert "more rights" not in found["public.trap"]
    superuser.execute("drop owned by tenant")
    superuser.execute("drop role tenant")


def test_the_tasks_dry_run_do_and_report(cli, superuser, table):
    answer = cli("run", "refresh_statistics", "--dry-run")
    assert answer.returncode == 0 and "would be visited" in answer.stdout
    assert superuser.execute("select reltuples as n from pg_class where oid = %s::regclass",
                             [table]).fetchone()["n"] == -1  # fmt: skip
    assert cli("run", "refresh_statistics").returncode == 0
    assert cli("run", "freeze_old_tables").returncode == 0
    did = [row for row in cli.json("history") if not row["details"].get("dry_run")]
    runs = {row["task_name"]: row for row in did}
    assert runs["refresh_statistics"]["status"] == "completed"
    assert runs["refresh_statistics"]["details"]["tables_done"] > 1
    assert runs["freeze_old_tables"]["details"]["tables_done"] == 0
