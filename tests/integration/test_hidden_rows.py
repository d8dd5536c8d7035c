"""Row level security where maint_owner can't have BYPASSRLS: nothing is hidden without a word."""

from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.doctor.examinations import examine
from maint_pipeline.errors import UsageError
from maint_pipeline.installation.install import install, plan, remove
from maint_pipeline.retention.policies import NewPolicy, add_policy, preview_policy
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.table_access import open_table
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.platform import answer, dump, run

# A table that grows, with row security whose policy names what maint_owner may not read.
EVENTS = """
create table public.members (user_id uuid, team bigint);
create table public.events (
    id bigint generated always as identity primary key, team bigint, at timestamptz);
alter table public.events enable row level security;
create policy own on public.events
    using (team in (select team from public.members where user_id = auth.uid()));
revoke all on public.members from public;
insert into public.events (team, at)
    select 1, now() - interval '200 days' from generate_series(1, 179);
insert into public.events (team, at) values (1, now());
"""


def has_bypass(url: str) -> bool:
    return answer(url, "select rolbypassrls from pg_roles where rolname = 'maint_owner'")


def add(url: str, table: str = "public.events") -> str:
    """Add a policy as `maint policies add` does."""
    policy = NewPolicy("old", table, "at", "90 days")
    with closing(connect(url, application_name="test")) as connection:
        done = list(open_table(connection, Owners(url), policy))
        add_policy(connection, policy)
    return "; ".join(done)


def test_a_policy_on_a_table_with_row_security_deletes(url):
    run(url, EVENTS)
    before = dump(url)
    install(url)
    done = add(url)
    assert "grant select, delete, update (at) on public.events to maint_owner" in done
    assert ("create policy maint_owner_works on public.events" in done) is not has_bypass(url)
    with closing(connect(url, application_name="test")) as connection:
        assert preview_policy(connection, "old")["expired_count"] == 179
        assert Purge("old").run(connection)["deleted_count"] == 179
    assert install(url) is False
    remove(url)
    assert dump(url) == before
    assert answer(url, "select count(*) from public.events") == 1


def test_without_an_administrator_it_is_said_what_is_needed(url):
    run(url, EVENTS)
    install(url)
    policy = NewPolicy("old", "events", "at", "90 days")
    with closing(connect(url, application_name="test")) as connection:
        assert list(open_table(connection, Owners(None), policy)) == []
        with pytest.raises(UsageError, match=r"may not purge public\.events: grant") as needed:
            add_policy(connection, policy)
        run(url, str(needed.value).split(": ")[-1])
        if has_bypass(url):
            add_policy(connection, policy)
            return
        with pytest.raises(UsageError, match=r"security of public\.events hides rows") as needed:
            add_policy(connection, policy)
        run(url, str(needed.value).split("As customer: ")[-1])
        add_policy(connection, policy)


def test_a_purge_that_cannot_see_rows_fails_and_migrate_makes_the_policy(url):
    run(url, EVENTS)
    install(url)
    add(url)
    if has_bypass(url):
        pytest.skip("row level security hides nothing from maint_owner here")
    run(url, "drop policy maint_owner_works on public.events")
    with closing(connect(url, application_name="test")) as connection:
        for work in (Purge("old").preview, Purge("old").run):
            with pytest.raises(
                psycopg.errors.InsufficientPrivilege, match=r"public\.events hides rows"
            ):
                work(connection)
        problems = connection.execute("select maint.policy_problems() as problem").fetchall()
        assert any("hides rows" in row["problem"] for row in problems)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run_recorded(url, "old", RunContext("cli"), lambda task: Purge("old").run(task.connection))
    ledger = "select status || ' ' || error_message from public.maintenance_task_runs"
    assert answer(url, ledger).startswith("failed") and "hides rows" in answer(url, ledger)
    assert answer(url, "select count(*) from public.events") == 180
    doctor = {found.name: found for found in examine(ApplicationUrls(url), url)}
    assert "public.events" in doctor["left out"].finding and not doctor["left out"].ok
    assert "policy maint_owner_works for maint_owner" in plan(url)
    assert install(url) is True
    with closing(connect(url, application_name="test")) as connection:
        assert Purge("old").run(connection)["deleted_count"] == 179
    run(url, "create policy never on public.events as restrictive using (team = 2)")
    with (
        closing(connect(url, application_name="test")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="restrictive policy never"),
    ):
        Purge("old").run(connection)


def test_a_schema_that_maint_owner_may_not_use_is_said(url):
    run(url, "create schema app; create table app.events (id bigint, at timestamptz)")
    install(url)
    with pytest.raises(
        UsageError, match="may not use schema app: grant usage on schema app to maint_owner"
    ):
        add(url, "app.events")
    before = dump(url)
    run(url, "grant usage on schema app to maint_owner")
    assert "grant select" in add(url, "app.events")
    remove(url)
    assert "maint" not in dump(url) and before != dump(url)
