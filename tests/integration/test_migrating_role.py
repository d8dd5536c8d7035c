"""Migrating as a role that is not a superuser, on a server of its own: roles belong to servers."""

import re
from contextlib import closing

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import connect
from maint_pipeline.database.preflight import CannotMigrateError
from maint_pipeline.database.urls import database_url
from maint_pipeline.doctor.examinations import examine
from maint_pipeline.installation.install import install, remove
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sample import create_sample_application
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import CREATE_OLD_ROWS, TASKS
from tests.server import fresh_server

GIVE_AWAY = """
do $$
declare
    _object record;
begin
    for _object in
        select format('table %s', oid::regclass) as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
        union all
        select format('function %s', oid::regprocedure) from pg_proc
        where pronamespace = 'public'::regnamespace
    loop
        execute format('alter %s owner to deployer', _object.name);
    end loop;
end
$$
"""


# What only a superuser can grant, what isn't there, and what nobody has approved.
NOT_APPLICABLE = {
    "archive_backlog",
    "ddl_logging_off",
    "drift_from_baseline",
    "hba_cleartext_password",
    "hba_errors",
    "hba_md5",
    "hba_open_to_all",
    "hba_trust",
    "password_md5",
    "policy_for_anonymous_sign_ins",  # nobody said whether there are such users
    "public_bucket_lists",
    "settings_differ_from_file",
    "settings_pending_restart",
    "ssl_old_protocol",
}


@pytest.fixture
def server(tmp_path):
    with fresh_server(tmp_path) as url:
        yield url


@pytest.fixture
def superuser(server):
    """A superuser's connection to the application's database, whose tables belong to deployer."""
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute("create role deployer login")
        connection.execute("create database app owner deployer")
    url = database_url(server, "app")
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        create_sample_application(connection)
        connection.execute(CREATE_OLD_ROWS)
        connection.execute(GIVE_AWAY)
        # The roles are of the server; the sample application has made the platform's three.
        yield connection


@pytest.fixture
def deployer_url(server, superuser) -> str:
    return database_url(server, "app").replace("user=postgres", "user=deployer")


def test_each_missing_privilege_is_named_with_what_mends_it(superuser, deployer_url):
    superuser.execute("alter database app owner to postgres")
    superuser.execute("alter table public.security_alerts owner to postgres")
    superuser.execute("alter table public.backup_runs owner to postgres")
    superuser.execute(
        "create function public.verify_backup_health() returns integer language sql as 'select 1'"
    )
    superuser.execute("revoke create on schema public from deployer")
    tables = "select count(*) from pg_class where relnamespace = 'public'::regnamespace"
    before = superuser.execute(tables).fetchone()
    with pytest.raises(CannotMigrateError) as refused:
        install(deployer_url)
    message = str(refused.value)
    for missing in (
        "the role maint_owner is missing and deployer may not create roles",
        "deployer may not create the schema maint",
        "deployer may not let maint_owner create functions in schema public",
    ):
        assert missing in message
    assert superuser.execute(tables).fetchone() == before
    assert superuser.execute("select to_regnamespace('maint') as s").fetchone()["s"] is None

    # What it says, done literally, suffices: but for what is a choice, whose objects these are.
    superuser.execute("alter table public.security_alerts owner to deployer")
    superuser.execute("drop function public.verify_backup_health()")
    for _ in range(4):
        try:
            install(deployer_url)
            break
        except CannotMigrateError as again:
            for remedy in re.findall(
                r"\. (?:As a superuser: )?((?:create role|grant) .*)\.$", str(again), re.M
            ):
                superuser.execute(remedy.encode())
    else:
        install(deployer_url)
    # What it left out is told with what its owner can do.
    said: list[str] = []
    install(deployer_url, said.append)
    (words,) = [words for words in said if "may not grant" in words]
    superuser.execute(words.partition("As postgres: ")[2].encode())
    assert_everything_works(deployer_url)


@pytest.mark.parametrize(
    "attributes", ["createrole", "createrole bypassrls", "createrole noinherit"]
)
def test_a_role_with_createrole_that_owns_the_application(superuser, deployer_url, attributes):
    superuser.execute(sql.SQL("alter role deployer {}").format(sql.SQL(attributes)))
    try:
        install(deployer_url)
    except CannotMigrateError as refused:
        assert "noinherit" in attributes and "alter role deployer inherit" in str(refused)
        superuser.execute("alter role deployer inherit")
        install(deployer_url)
    assert_everything_works(deployer_url)
    diagnoses = list(examine(ApplicationUrls(deployer_url), deployer_url))
    # None is what was not looked at.
    assert all(found.ok is not False for found in diagnoses), diagnoses
    remove(deployer_url)
    assert install(deployer_url) is True


def assert_everything_works(url: str) -> None:
    def purge(run):
        return Purge("cleanup_old_audit_logs").run(run.connection)

    outcome = run_recorded(url, "cleanup_old_audit_logs", RunContext("cli"), purge)
    assert outcome.details["deleted_count"] == 300
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        for task in TASKS:
            answer = connection.execute(f"select public.{task}() as answer").fetchone()["answer"]
            assert answer["success"] is True and not answer.get("failed_checks"), answer
            assert not answer.get("not_applicable", {}).keys() - NOT_APPLICABLE, answer
        history = connection.execute("select * from get_maintenance_task_history()").fetchall()
    assert len(history) == 5


def test_a_second_database_of_the_server_migrated_by_another_role(server, superuser, deployer_url):
    superuser.execute("alter role deployer createrole")
    install(deployer_url)
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute("create role other login createrole")
        connection.execute("create database second owner other")
    other_url = database_url(server, "second").replace("user=postgres", "user=other")
    try:
        install(other_url)
    except CannotMigrateError as refused:
        assert "other may not act as maint_owner" in str(refused)
        (remedy,) = re.findall(r"(grant maint_owner .*)\.$", str(refused), re.M)
        superuser.execute(remedy.encode())
        install(other_url)
    with closing(connect(other_url, application_name="test")) as connection:
        answer = connection.execute("select public.verify_backup_health() as a").fetchone()["a"]
    assert answer["success"] is True
