"""The application's own test of who is an administrator."""

import psycopg
import pytest

from tests.requests import ADMIN, USER, create_people, request

CLEANUP = "select public.cleanup_old_audit_logs() as answer"


@pytest.fixture
def application(superuser):
    create_people(superuser)
    superuser.execute("create schema app; grant usage on schema app to public")
    return superuser


def test_a_temporary_table_makes_nobody_an_administrator(database, application):
    application.execute(
        "create or replace function public.has_role(_user_id uuid, _role public.app_role) "
        "returns boolean language sql stable security definer as "
        "$$ select exists (select from user_roles where user_id = _user_id and role = _role) $$;"
        "alter function public.has_role(uuid, public.app_role) reset search_path"
    )
    lie = (
        "create temporary table user_roles as select "
        f"'{USER}'::uuid as user_id, 'admin'::public.app_role as role"
    )
    open_to_all = "grant select on user_roles to public"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(database, "authenticated", USER, lie, open_to_all, CLEANUP)
    ((row),) = request(database, "authenticated", ADMIN, lie, open_to_all, CLEANUP)
    assert row["answer"]["success"] is True


SET_ADMIN_TEST = "update maint.settings set value = %s where name = 'admin_test'"


def test_an_admin_test_is_tried_when_it_is_set(application):
    application.execute(
        "create function app.raises(uuid) returns boolean language plpgsql as "
        "$$ begin raise 'the directory is away'; end $$;"
        "create function app.asks_the_request() returns boolean language sql as $$ select "
        "(current_setting('request.jwt.claims')::jsonb ->> 'sub')::uuid is null $$"
    )
    with pytest.raises(psycopg.errors.CheckViolation, match="fails: the directory is away"):
        application.execute(SET_ADMIN_TEST, ["app.raises(uuid)"])
    application.execute(SET_ADMIN_TEST, ["app.asks_the_request()"])
    claims = application.execute("select current_setting('request.jwt.claims', true) as c")
    assert not claims.fetchone()["c"]


def test_an_admin_test_that_fails_later_makes_nobody_administrator(database, application):
    application.execute(
        "create function app.staff(_id uuid) returns boolean language sql stable "
        f"security definer as $$ select _id = '{ADMIN}' $$"
    )
    application.execute(SET_ADMIN_TEST, ["app.staff(uuid)"])
    read = "select count(*) as n from public.maintenance_task_runs"
    request(database, "authenticated", ADMIN, CLEANUP)
    assert request(database, "authenticated", ADMIN, read) == [{"n": 1}]
    application.execute(
        "create or replace function app.staff(_id uuid) returns boolean language plpgsql as "
        "$$ begin raise 'away'; end $$"
    )
    assert request(database, "authenticated", ADMIN, read) == [{"n": 0}]
    assert request(database, "service_role", None, read) == [{"n": 1}]
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only administrators"):
        request(database, "authenticated", ADMIN, CLEANUP)
