"""Deferred triggers: none is left for the caller, and none of the caller's gets our rights."""

from contextlib import closing
from uuid import uuid4

import pytest
from psycopg import conninfo

from maint_pipeline.database.connection import connect
from tests.application import CREATE_OLD_ROWS
from tests.requests import ADMIN, create_people

CLEANUP = "select public.cleanup_old_audit_logs() as answer"


@pytest.fixture
def application(superuser):
    superuser.execute(CREATE_OLD_ROWS)
    return superuser


def owner_of_tables(superuser) -> str:
    name = f"app_owner_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    superuser.execute(f"insert into maint.trusted_owners values ('{name}')")
    superuser.execute(f"alter table public.audit_logs owner to {name}")
    superuser.execute(f"grant create, usage on schema public to {name}")
    return name


ESCAPE = """
create table public.witness (acted_as name);
grant all on public.witness to public;
create function public.escape() returns trigger language plpgsql as $$
begin
    insert into public.witness values (current_user);
    set constraints all deferred;
    return null;
end
$$;
create constraint trigger escape after delete on public.audit_logs
    deferrable initially deferred for each row execute function public.escape();
"""


def test_nothing_deferred_is_left_for_a_superusers_commit(application, database):
    name = owner_of_tables(application)
    try:
        application.execute(f"set role {name}")
        application.execute(ESCAPE)
        application.execute("reset role")
        # In a transaction of the superuser's, as pg_cron has it; what is left runs at its end.
        with application.transaction():
            answer = application.execute(CLEANUP).fetchone()["answer"]
            assert answer["deleted_count"] == 300, answer
            seen = application.execute("select count(*) as n from public.witness").fetchone()
            assert seen["n"] == 300
        who = application.execute("select distinct acted_as from public.witness").fetchall()
        assert [row["acted_as"] for row in who] == ["maint_owner"]
    finally:
        application.execute("drop trigger escape on public.audit_logs; drop table public.witness")
        application.execute(
            f"alter table public.audit_logs owner to postgres; "
            f"drop owned by {name} cascade; drop role {name}"
        )


def test_what_the_caller_has_queued_never_runs_with_our_rights(application, database):
    """Before PostgreSQL 18 deferred triggers run as whoever makes them run."""
    create_people(application)
    name = f"caller_{uuid4().hex[:8]}"
    application.execute(f"create role {name} login in role authenticated")
    application.execute(f"create schema {name} authorization {name}")
    url = conninfo.make_conninfo(database, user=name)
    try:
        with closing(connect(url, application_name="caller", as_owner=False)) as caller:
            caller.execute(
                f"create table {name}.witness (acted_as name);"
                f"grant all on {name}.witness to public; grant usage on schema {name} to public;"
                f"create table {name}.bait (id integer); grant all on {name}.bait to public;"
                f"create function {name}.spring() returns trigger language plpgsql as "
                f"$$ begin insert into {name}.witness values (current_user); return null; end $$;"
                f"create constraint trigger spring after insert on {name}.bait deferrable "
                f"initially deferred for each row execute function {name}.spring()"
            )
            with caller.transaction():
                caller.execute(f"insert into {name}.bait values (1)")
                caller.execute(
                    "select set_config('request.jwt.claims', %s, true)", [f'{{"sub": "{ADMIN}"}}']
                )
                caller.execute("set local role authenticated")
                answer = caller.execute(CLEANUP).fetchone()["answer"]
                assert answer["deleted_count"] == 300, answer
            rows = application.execute(f"select distinct acted_as from {name}.witness").fetchall()
            assert "maint_owner" not in {row["acted_as"] for row in rows} and rows
    finally:
        application.execute(f"drop owned by {name} cascade; drop role {name}")
