"""A role that may create databases, and the databases that a registry discovers."""

import json
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from dagster import DagsterInstance
from psycopg import sql

from maint_pipeline.database.urls import database_url
from maint_pipeline.fleet.calendar import Calendar
from maint_pipeline.fleet.survey import survey
from maint_pipeline.instance.partitions import keep_in_step
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.sensors.fleet import FleetWatch
from maint_pipeline.settings import load_settings
from tests.dev import eventually
from tests.fleet import partitions, use_registry

TRAP = """
create schema maint;
create table public.trapped (who text);
grant all on public.trapped to public;
create function maint.trap() returns boolean language plpgsql as $$
begin
    insert into public.trapped values (session_user || ' as ' || current_user);
    execute format('alter role %I password ''stolen''', session_user);
    return true;
end $$;
create view maint.alembic_version as select 'x'::text as version_num where maint.trap();
create view maint.installation as select now() as installed_at where maint.trap();
create view maint.latest_runs as select 'x'::text as task_name, true as is_failing, false as is_part
    where maint.trap();
create function maint.known_alerts() returns setof public.trapped language sql
    as $$ select 'x'::text where maint.trap() $$;
grant usage on schema maint to public;
grant select on all tables in schema maint to public;
"""


@pytest.fixture
def prefix():
    return f"tenant_{uuid4().hex[:8]}"


@pytest.fixture
def attacker(server_url):
    """A connection of a role that may create databases, and nothing else."""
    name = f"attacker_{uuid4().hex[:8]}"
    with closing(psycopg.connect(server_url, autocommit=True)) as admin:
        admin.execute(sql.SQL("create role {} login createdb").format(sql.Identifier(name)))
        url = psycopg.conninfo.make_conninfo(server_url, user=name)
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            yield connection
        for (database,) in admin.execute(
            "select datname from pg_database where datdba = %s::regrole", [name]
        ).fetchall():
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(database)))
        admin.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@pytest.fixture
def registry(server_url, prefix, tmp_path, monkeypatch):
    file = tmp_path / "databases.toml"
    file.write_text(
        f"[[discover]]\nname = 'here'\nurl = {json.dumps(server_url)}\ninclude = '^{prefix}'\n"
    )
    return use_registry(monkeypatch, file)


def create(attacker, name: str) -> None:
    attacker.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def test_names_that_are_no_keys_cost_only_themselves(registry, attacker, prefix):
    good = f"{prefix}_ok"
    names = [
        f"{prefix}\nx", f"{prefix}\r\nBcc: a", f"{prefix}'; drop", f'{prefix}"x', f"{prefix}...x",
        f"{prefix}/../x", f"{prefix}<script>", f"{prefix}${{HOME}}", f"{prefix}\\x", f"{prefix}\t",
        f"{prefix},x", f"{prefix} ",
    ]  # fmt: skip
    for name in [good, *names]:
        create(attacker, name)
    fleet = load_fleet(load_settings())
    assert [database.name for database in fleet.databases] == [f"here/{good}"]
    assert len(fleet.mistakes) == len(names)
    for mistake in fleet.mistakes:
        assert "\n" not in mistake.problem and "\r" not in mistake.problem
        assert "rename it" in mistake.problem
    with DagsterInstance.ephemeral() as instance:
        assert keep_in_step(instance, fleet) == [f"here/{good}"]
        assert partitions(instance) == [f"here/{good}"]


def test_what_stands_in_a_strange_database_never_runs_with_our_rights(
    registry, attacker, prefix, server_url, database
):
    name = f"{prefix}_evil"
    create(attacker, name)
    own = psycopg.conninfo.make_conninfo(database_url(server_url, name), user=attacker.info.user)
    with closing(psycopg.connect(database)) as good:
        version = good.execute(
            "select obj_description('maint'::regnamespace, 'pg_namespace')"
        ).fetchone()[0]
    with closing(psycopg.connect(own, autocommit=True)) as connection:
        connection.execute(TRAP)
        connection.execute(sql.SQL("comment on schema maint is {}").format(sql.Literal(version)))
    fleet = load_fleet(load_settings())
    dates = Calendar((), {})
    (state,) = survey(fleet, dates, load_settings(), at_once=2, seconds=5)
    assert (state.state, state.open_alerts) == ("not migrated", None)
    watch = FleetWatch([])
    eventually(lambda: "here/" in watch.tick(fleet))
    assert watch.tick(fleet).startswith("Listening to 0 of 1 databases.")
    watch.end()
    with closing(psycopg.connect(own)) as connection:
        assert connection.execute("select who from public.trapped").fetchall() == []


def test_migrating_all_refuses_a_schema_that_somebody_prepared(
    registry, attacker, prefix, server_url, cli
):
    name = f"{prefix}_evil"
    create(attacker, name)
    own = psycopg.conninfo.make_conninfo(database_url(server_url, name), user=attacker.info.user)
    with closing(psycopg.connect(own, autocommit=True)) as connection:
        connection.execute(TRAP)
    variables = {**cli.variables, "MAINT_DATABASES_FILE": str(registry)}
    del variables["MAINT_DATABASE_URL"]
    answer = type(cli)(variables)("migrate", "--all", "--json")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)[0]["result"] == "failed"
    with closing(psycopg.connect(own)) as connection:
        assert connection.execute("select who from public.trapped").fetchall() == []
