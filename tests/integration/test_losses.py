"""Fixes that take something away: who loses what; none is offered that breaks what is in use."""

import os
import re
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.server import fresh_server

TAKES_AWAY = re.compile(
    r"'(revoke |alter role %I no|drop (rule|policy|event trigger|view|function)"
    r"|alter table (%s|%I\.%I) enable row|alter view %s set \(security_invoker)"
)
# Where pg_stat_statements is not to be had, a table stands for it.
STAND_IN = """
create schema stats;
create table stats.pg_stat_statements (userid oid, dbid oid, query text, calls bigint);
grant usage on schema stats to maint_owner;
grant select on stats.pg_stat_statements to maint_owner;
update pg_catalog.pg_extension
set extname = 'pg_stat_statements', extnamespace = 'stats'::regnamespace
where extname = 'plpgsql';
"""

# Before PostgreSQL 16 only roles that inherit have the rights of those they are granted.
SEE_STATISTICS = """
do $$
begin
    if current_setting('server_version_num')::integer < 160000 then
        alter role maint_owner inherit;
        grant pg_read_all_stats to maint_owner;
    else
        execute 'grant pg_read_all_stats to maint_owner with inherit true';
    end if;
end
$$
"""


def find(owner, check: str, name: str) -> dict:
    """Give the metadata of a finding."""
    (row,) = owner.execute(
        f"select metadata from maint.check_{check}() where object = %s".encode(), [name]
    ).fetchall()
    return row["metadata"]


def test_every_check_that_takes_something_away_says_so():
    takers = {
        check.name for check in load_checks() if TAKES_AWAY.search(check.query.replace("\n", " "))
    }
    silent = {check.name for check in load_checks() if "as takes" not in check.query}
    assert "row_security_off" in takers and len(takers) > 20
    assert takers & silent == set()


def test_what_a_policy_asks_is_not_closed_with_one_click(superuser, owner):
    superuser.execute("create table public.teams (id integer primary key, member uuid)")
    superuser.execute("create table public.plans (id integer primary key, team integer)")
    superuser.execute("alter table public.plans enable row level security")
    found = find(owner, "row_security_off", "public.teams")
    assert found["fix"] == "alter table public.teams enable row level security;"
    assert found["loses"] == (
        "anon and authenticated can't reach rows of public.teams that no policy shows any more; "
        "whether anybody does is not known (no pg_stat_statements)"
    )
    assert "used_by" not in found
    superuser.execute(
        "create policy theirs on public.plans for select to authenticated using (exists ("
        "select from public.teams as t where t.id = team and t.member = auth.uid()))"
    )
    found = find(owner, "row_security_off", "public.teams")
    assert "fix" not in found
    assert found["used_by"] == ['policy "theirs" of public.plans']
    assert 'any more; needed by policy "theirs" of public.plans; ' in found["loses"]


def test_what_a_function_calls_is_not_revoked_with_one_click(superuser, owner):
    superuser.execute(
        "create function public.wipe() returns void language sql security definer "
        "set search_path = '' as 'delete from public.orgs'"
    )
    assert "revoke execute" in find(owner, "definer_function_callable", "public.wipe()")["fix"]
    superuser.execute(
        "create function public.wipe_all() returns void language sql set search_path = '' "
        "as 'select public.wipe()'"
    )
    found = find(owner, "definer_function_callable", "public.wipe()")
    assert "fix" not in found
    assert found["used_by"] == ["function public.wipe_all()"]


def test_writing_is_revoked_although_somebody_reads(superuser, owner):
    superuser.execute("create table public.guests (id integer primary key, name text)")
    superuser.execute("alter table public.guests enable row level security")
    superuser.execute("create policy named on public.guests for insert with check (name <> '')")
    superuser.execute(
        "create function public.guests() returns bigint language sql set search_path = '' "
        "as 'select count(*) from public.guests'"
    )
    assert "fix" in find(owner, "table_writable_by_anon", "public.guests")
    superuser.execute(
        "create function public.sign(_name text) returns void language sql set search_path = '' "
        "as 'insert into public.guests (name) values (_name)'"
    )
    found = find(owner, "table_writable_by_anon", "public.guests")
    assert "fix" not in found and found["used_by"] == ["function public.sign(text)"]


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """URL of a server that counts statements, or of one with a table that stands for that."""
    is_real = _has_statistics()
    options = "-c shared_preload_libraries=pg_stat_statements" if is_real else ""
    with fresh_server(tmp_path_factory.mktemp("counted"), options) as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(url)
            admin.execute("create extension pg_stat_statements" if is_real else STAND_IN.encode())
            admin.execute(SEE_STATISTICS.encode())
            admin.execute("create table public.prices (id integer primary key)")
            admin.execute("create table public.costs (id integer primary key)")
            admin.execute(
                "create function public.cheapest() returns integer language sql security definer "
                "set search_path = '' as 'select min(id) from public.prices'"
            )
        yield url


def _has_statistics() -> bool:
    programs = os.environ.get("MAINT_TEST_BIN_DIR")
    return programs is not None and any(
        Path(programs).parent.joinpath("lib").glob("pg_stat_statements*")
    )


def run_as_anon(url: str, statement: str, times: int) -> None:
    """Have anon execute a statement; where a table stands for the statistics, write it down."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("set role anon")
        for _ in range(times):
            connection.execute(statement.encode())
        connection.execute("reset role")
        if not _has_statistics():
            connection.execute(
                "insert into stats.pg_stat_statements select 'anon'::regrole, pg_database.oid, "
                "%s, %s from pg_database where datname = current_database()",
                [statement, times],
            )


def test_what_was_called_is_not_taken_away_with_one_click(counted):
    with closing(connect(counted, application_name="test")) as owner:
        found = find(owner, "row_security_off", "public.prices")
        assert found["calls"] == 0 and "fix" in found
        assert "; nobody has done so since statistics were reset" in found["loses"]
        assert "fix" in find(owner, "definer_function_callable", "public.cheapest()")
        run_as_anon(counted, 'select count(*) from "public"."prices"', 3)
        run_as_anon(counted, "select public.cheapest()", 2)
        found = find(owner, "row_security_off", "public.prices")
        assert found["calls"] == 3 and "fix" not in found
        assert found["loses"].endswith("; it was done 3 times")
        found = find(owner, "definer_function_callable", "public.cheapest()")
        assert found["calls"] == 2 and "fix" not in found
        assert "fix" in find(owner, "row_security_off", "public.costs")


def test_statements_of_others_count_for_nobody(counted):
    with closing(psycopg.connect(counted, autocommit=True)) as admin:
        admin.execute("select count(*) from public.costs")
    with closing(connect(counted, application_name="test")) as owner:
        assert find(owner, "row_security_off", "public.costs")["calls"] == 0
