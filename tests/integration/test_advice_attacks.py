"""A database that attacks who advises it: with functions, names, statistics and policies."""

from contextlib import closing
from uuid import uuid4

import psycopg
import pytest

from maint_pipeline.advice.advise import advise
from maint_pipeline.database.urls import database_url
from tests.advised import request, target_of, workload

CODE = """
create function public.attack() returns integer language plpgsql immutable as $attack$
begin
    begin
        execute format('copy (select 1) to program %L', $command$COMMAND$command$);
    exception when others then null;
    end;
    begin
        execute 'reset role';
        execute format('copy (select 1) to program %L', $command$COMMAND$command$);
    exception when others then null;
    end;
    begin
        execute 'copy (select 1) to ''FOLDER/file''';
    exception when others then null;
    end;
    return 1;
end
$attack$;
create domain public.checked as text check (public.attack() = 1);
create table public."a""; drop schema public cascade; --" (
    id bigint primary key, "b'; select 1" integer not null, kind public.checked default 'x');
insert into public."a""; drop schema public cascade; --"
    select n, n % 10, 'kind ' || n % 20 from generate_series(1, 20000) as n;
create index on public."a""; drop schema public cascade; --" ((id + public.attack()));
alter table public."a""; drop schema public cascade; --" enable row level security;
create policy "p""; select 2" on public."a""; drop schema public cascade; --" for select
    using ("b'; select 1" in (select public.attack() from generate_series(1, 2)));
grant select on public."a""; drop schema public cascade; --" to authenticated;
analyze public."a""; drop schema public cascade; --";
"""
TABLE = 'public."a""; drop schema public cascade; --"'


@pytest.fixture
def hostile(server_url, canary):
    name = f"hostile_{uuid4().hex}"
    code = CODE.replace("COMMAND", canary.command).replace("FOLDER", str(canary.folder))
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(f"create database {name}")
        url = database_url(server_url, name)
        with closing(psycopg.connect(url, autocommit=True)) as application:
            application.execute(
                "do $$ begin create role authenticated nologin; "
                "exception when duplicate_object or unique_violation then null; end $$"
            )
            # As a role that may not do on its own server what it tries on ours.
            application.execute(f"create role {name}; grant all on schema public to {name}")
            application.execute(f"set role {name}")
            application.execute(code.encode())
        yield url, canary
        connection.execute(f"drop database {name} with (force)")
        connection.execute(f"drop role {name}")


def test_nothing_gets_out(hostile, tmp_path):
    url, canary = hostile
    queries = (
        (f"select * from {TABLE} where id = public.attack()", 10, 100),
        (f"select * from {TABLE} where kind = 'kind 3'", 10, 100),
        (f'select * from {TABLE} where "b\'; select 1" = $1 order by id limit 5', 10, 100),
        ("select 1; drop table public.x", 10, 100),
    )
    found = advise(request(url, tmp_path / "scratch"), target_of(url), workload(queries))
    canary.assert_untouched()
    assert found.queries == 3
    # It is advice all the same, with names quoted.
    for proposal in found.proposals:
        assert TABLE in proposal.statement or "concurrently" not in proposal.statement
    assert not list((tmp_path / "scratch").iterdir())
