"""A migration that stops anywhere opens nothing: nobody may do more than before and after."""

import json
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.checks.script import catalog_script
from maint_pipeline.database.migrate import migrate
from maint_pipeline.database.step import TableBusyError
from maint_pipeline.installation.install import is_installed
from maint_pipeline.sample import create_sample_application, load_sample_data
from tests.dying import install_until_a_new_step
from tests.integration.test_migrate import BACK_TO_THE_FIRST
from tests.requests import ADMIN, USER, create_people

pytestmark = [pytest.mark.full, pytest.mark.any_version]

HERE = Path(__file__).parent
RIGHTS = (HERE / "rights.sql").read_text()
LEGACY = (HERE / "legacy.sql").read_text()
# As a platform has it, and as people set it who want a role to see whatever is made.
OPEN_DEFAULTS = """
alter default privileges grant all on tables to anon, authenticated, service_role, {application};
alter default privileges grant all on functions to anon, authenticated, service_role, {application};
alter default privileges grant all on sequences to anon, authenticated, service_role, {application};
alter default privileges for role maint_owner
    grant all on tables to anon, authenticated, service_role, {application}, {stranger};
alter default privileges for role maint_owner
    grant all on functions to anon, authenticated, service_role, {application}, {stranger};
alter default privileges for role maint_owner
    grant all on sequences to anon, authenticated, service_role, {application}, {stranger};
alter default privileges for role maint_owner
    grant all on schemas to anon, authenticated, service_role, {application}, {stranger};
grant usage on schema public to anon, authenticated, service_role, {application};
"""
LEGACY_GRANTS = "grant all on all tables in schema public to {application}"
# What every step that changes something writes to.
CATALOGS = "pg_class, pg_proc, pg_namespace, pg_policy, pg_trigger, pg_description, pg_attribute"


@pytest.fixture
def roles(server_url, template):
    """Two roles: the application's own, and a stranger who may only connect."""
    names = {who: f"{who}_{uuid4().hex[:8]}" for who in ("application", "stranger")}
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        for name in names.values():
            connection.execute(f"create role {name}")
        yield {who: sql.Identifier(name) for who, name in names.items()}
        for name in names.values():
            connection.execute(f"drop role {name}")


def fresh(connection, roles) -> None:
    pass


def adopted(connection, roles) -> None:
    create_sample_application(connection)
    create_people(connection)
    load_sample_data(connection, rows=50, organization_count=3)


def legacy(connection, roles) -> None:
    create_sample_application(connection)
    connection.execute(LEGACY)
    create_people(connection)
    connection.execute(sql.SQL(LEGACY_GRANTS).format(**roles))


def upgraded(connection, roles) -> None:
    create_people(connection)
    connection.execute(BACK_TO_THE_FIRST)


@pytest.fixture(params=[fresh, adopted, legacy, upgraded])
def url(request, roles, new_database, template) -> str:
    """A database before its migration, with defaults that open whatever is made."""
    found = new_database(template) if request.param is upgraded else new_database()
    with closing(psycopg.connect(found, autocommit=True)) as connection:
        connection.execute(sql.SQL(OPEN_DEFAULTS).format(**roles))
        request.param(connection, roles)
    return found


def rights(url: str, roles) -> dict[tuple[str, str, str], int]:
    """Tell who can do what now, and to how many rows."""
    people = [
        {"person": name, "role": role, "claims": json.dumps({"sub": str(user)}) if user else ""}
        for name, role, user in (
            ("visitor", "anon", None),
            ("user", "authenticated", USER),
            ("administrator", "authenticated", ADMIN),
            ("service", "service_role", None),
            ("application", roles["application"].as_string().strip('"'), None),
            ("stranger", roles["stranger"].as_string().strip('"'), None),
        )
    ]
    with closing(psycopg.connect(url)) as connection:
        connection.execute(RIGHTS)
        rows = connection.execute("select * from pg_temp.rights(%s)", [json.dumps(people)])
        return {tuple(key): count for *key, count in rows.fetchall()}


def assert_nobody_ever_had_more(seen: dict[str, dict[tuple[str, str, str], int]]) -> None:
    before, *_, after = seen.values()
    more = {
        (moment, *right): count
        for moment, found in seen.items()
        for right, count in found.items()
        if count > max(before.get(right, 0), after.get(right, 0))
    }
    assert more == {}
    for moment, found in seen.items():
        assert [right for right in found if is_of_ours(*right)] == [], moment


def is_of_ours(person: str, deed: str, thing: str) -> bool:
    """Whether a right is one that default privileges alone can have given to somebody."""
    if person not in ("visitor", "application", "stranger"):
        return False
    return "maint." in thing or thing == "schema maint"


def test_killed_after_every_step(url, roles):
    seen, done = {"before": rights(url, roles)}, []
    while step := install_until_a_new_step(url, done):
        done.append(step)
        seen[f"before {step}"] = rights(url, roles)
        assert len(done) < 60
    assert is_installed(url) and len(done) >= 4
    assert_nobody_ever_had_more({**seen, "after": rights(url, roles)})


def test_a_lock_timeout_in_every_step(url, roles, monkeypatch):
    for limit in ("CONCURRENT", "OPTIONAL"):
        monkeypatch.setattr(f"maint_pipeline.database.step.{limit}_LOCK_TIMEOUT", "200ms")
    seen, done, busy = {"before": rights(url, roles)}, [], []
    script = catalog_script(load_checks())
    while True:
        with closing(psycopg.connect(url)) as holder:

            def hold(step: str, holder=holder) -> None:
                if step.startswith(("waiting", *done)):
                    return
                done.append(step)
                while True:
                    try:
                        holder.execute(f"lock table {CATALOGS} in exclusive mode")
                        return
                    except psycopg.errors.DeadlockDetected:  # an autovacuum was in the way
                        holder.rollback()

            try:
                migrate(url, script, hold, patience=0.0)
                break
            except TableBusyError as error:
                busy.append(str(error).partition(":")[0])
        seen[f"before {done[-1]}"] = rights(url, roles)
        assert len(done) < 60
    assert is_installed(url) and len(busy) >= 3
    assert_nobody_ever_had_more({**seen, "after": rights(url, roles)})
