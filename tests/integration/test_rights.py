"""Nothing that runs during maintenance has more rights than maint_owner, whatever it does."""

from contextlib import closing, suppress
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo

from maint_pipeline.database.connection import connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.installation.install import install, plan, remove, untrusted_owners
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore, RestoreError
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import CREATE_OLD_ROWS, administrator
from tests.seeds import spread

TASK = "cleanup_old_audit_logs"

# Tries everything to become somebody else, then notes who it came to be: in sequences, which
# remember it whatever becomes of the transaction.
ESCAPE = """
create schema {role} authorization {role};
grant usage on schema {role} to public;
set role {role};
create sequence {role}.as_maintenance;
create sequence {role}.as_{role};
create sequence {role}.as_confined;
create sequence {role}.as_somebody_else;
grant usage on all sequences in schema {role} to public;
create function {role}.escape() returns void language plpgsql as $$
declare
    _attempt text;
begin
    foreach _attempt in array array[
        'reset role', 'set role postgres', 'set session authorization default',
        'set local session authorization postgres', 'alter role {role} superuser'
    ] loop
        begin
            execute _attempt;
        exception when others then
            null;
        end;
    end loop;
    perform nextval('{role}.as_' || case
        when session_user = 'maint_worker' and current_user in ('maint_owner', 'maint_worker')
            then 'maintenance'
        when current_user = '{role}' then '{role}'
        when current_user = 'maint_owner' then 'confined'
        else 'somebody_else'
    end);
end
$$;
create function {role}.escape_by_trigger() returns trigger language plpgsql as $$
begin
    perform {role}.escape();
    return coalesce(old, new);
end
$$;
create function {role}.escape_by_expression(text) returns text language plpgsql immutable as $$
begin
    perform {role}.escape();
    return $1;
end
$$;
reset role;
"""

# Where an owner of tables can have his own code run.
PLACES = {
    "a trigger before each row": "create trigger t before delete on public.audit_logs "
    "for each row execute function {role}.escape_by_trigger()",
    "a trigger of the statement": "create trigger t before delete on public.audit_logs "
    "for each statement execute function {role}.escape_by_trigger()",
    "a trigger after all": "create trigger t after delete on public.audit_logs "
    "for each row execute function {role}.escape_by_trigger()",
    "a deferred trigger": "create constraint trigger t after delete on public.audit_logs "
    "deferrable initially deferred for each row execute function {role}.escape_by_trigger()",
    "a rule": "create rule r as on delete to public.audit_logs do also select {role}.escape()",
    "the condition of row security": "alter table public.audit_logs force row level security; "
    "alter table public.audit_logs enable row level security; create policy p on "
    "public.audit_logs using ({role}.escape_by_expression('x') = 'x')",
}


@pytest.fixture
def application_owner(database, superuser):
    """A trusted role, no superuser, that owns the audit log, with old rows in it."""
    role = f"application_{uuid4().hex[:8]}"
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(f"create role {role} login")
    superuser.execute(ESCAPE.format(role=role))
    superuser.execute(f"alter table public.audit_logs owner to {role}")
    superuser.execute(f"grant create on schema public to {role}")
    install(database, trust=[role])
    yield role
    superuser.execute(f"drop owned by {role} cascade; drop role {role}")


def act_as(superuser, role: str, statements: str) -> None:
    """Do something in a session of the role's own."""
    url = conninfo.make_conninfo(superuser.info.dsn, user=role)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(statements.format(role=role))


def forget(superuser, role: str) -> None:
    superuser.execute(
        f"select setval(sequencename, 1, false) from (select format('%I.%I', schemaname, "
        f"sequencename)::regclass as sequencename from pg_sequences where schemaname = '{role}') s"
    )


def witnesses(superuser, role: str) -> set[str]:
    """As whom the code of a role has run."""
    rows = superuser.execute(
        "select sequencename::text as name from pg_sequences "
        "where schemaname = %s and last_value is not null",
        [role],
    ).fetchall()
    return {row["name"].removeprefix("as_") for row in rows}


def is_superuser(superuser, role: str) -> bool:
    row = superuser.execute("select rolsuper from pg_roles where rolname = %s", [role]).fetchone()
    return row["rolsuper"]


def purge(url: str, policy: str = TASK, **options):
    def work(run):
        owner_url = administrator(run.connection)
        return Purge(policy, duty=1, owner_url=owner_url, **options).run(run.connection)

    return run_recorded(url, policy, RunContext("cli"), work)


def purge_if_it_lets_us(url: str, *arguments, **options) -> None:
    """Who gives up the role of our session keeps his own table from being purged, no more."""
    with suppress(psycopg.errors.InsufficientPrivilege):
        purge(url, *arguments, **options)


@pytest.mark.parametrize("place", spread(PLACES, 4))
def test_code_of_a_tables_owner_stays_the_worker(database, superuser, application_owner, place):
    role = application_owner
    act_as(superuser, role, PLACES[place])
    purge_if_it_lets_us(database)
    assert not is_superuser(superuser, role)
    # Who bypasses row security is not asked by its conditions.
    expected = set() if place == "the condition of row security" else {"maintenance"}
    assert witnesses(superuser, role) == expected


def test_expressions_of_indexes_run_as_the_tables_owner(database, superuser, application_owner):
    role = application_owner
    act_as(
        superuser, role,
        "create index on public.audit_logs ({role}.escape_by_expression(entity)); "
        "insert into public.audit_logs (entity, action, user_id, time) "
        "select entity, action, user_id, case when i = 9 then now() else time end "
        "from public.audit_logs, generate_series(1, 9) as i",
    )  # fmt: skip
    forget(superuser, role)
    result = purge(database).details
    assert "vacuumed" in result["vacuum"]
    assert not is_superuser(superuser, role)
    assert witnesses(superuser, role) == {role}


def test_a_domain_and_a_generated_column_on_restored_rows(
    database, superuser, application_owner, tmp_path
):
    role = application_owner
    act_as(
        superuser, role,
        "create domain {role}.word as text check ({role}.escape_by_expression(value) = value); "
        "create table public.words (at timestamptz, word {role}.word, "
        "again text generated always as ({role}.escape_by_expression('x')) stored); "
        "insert into public.words select now() - interval '1 year', 'x' from generate_series(1, 9);"
        "grant select, delete, update (at) on public.words to maint_owner",
    )  # fmt: skip
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep, action) "
        "values ('words', 'words', 'at', '30 days', 'archive')"
    )
    forget(superuser, role)
    purge_if_it_lets_us(database, "words", archive_url=str(tmp_path))
    archive = Archive(str(tmp_path))
    with closing(connect(database, application_name="test")) as owner:
        manifests = archive.manifests("words")
        owners = Owners(administrator(owner))
        with suppress(RestoreError):
            Restore("public.words", "at").run(owner, archive, manifests, owners)
    assert not is_superuser(superuser, role)
    assert witnesses(superuser, role) == {"maintenance"}
    row = superuser.execute(
        "select has_table_privilege('maint_owner', 'public.words', 'insert') as may"
    ).fetchone()
    assert not row["may"]


def test_the_condition_of_a_policy(database, superuser):
    role = f"member_{uuid4().hex[:8]}"
    superuser.execute(f"create role {role} login in role maint_owner; {CREATE_OLD_ROWS}")
    superuser.execute(ESCAPE.format(role=role))
    try:
        with closing(psycopg.connect(conninfo.make_conninfo(database, user=role))) as member:
            member.execute(
                "update maint.retention_policies set condition = "
                f"'{role}.escape_by_expression(''x'') = ''x''' where name = %s",
                [TASK],
            )
            member.commit()
        purge_if_it_lets_us(database)
        assert not is_superuser(superuser, role)
        assert witnesses(superuser, role) <= {"maintenance", "confined", role}
        assert "maintenance" in witnesses(superuser, role)
    finally:
        superuser.execute(
            "update maint.retention_policies set condition = 'true' where name = %s", [TASK]
        )
        superuser.execute(f"drop owned by {role} cascade; drop role {role}")


def test_tables_of_our_names_made_by_a_stranger_are_not_trusted(new_database):
    url, role = new_database(), f"stranger_{uuid4().hex[:8]}"
    with closing(connect(url, application_name="test", as_owner=False)) as superuser:
        superuser.execute(f"create role {role} login; grant create on schema public to {role}")
        superuser.execute(ESCAPE.format(role=role))
        act_as(
            superuser, role,
            "create table public.maintenance_task_runs "
            "(id uuid default gen_random_uuid() primary key, task_name text, "
            "started_at timestamptz default now(), finished_at timestamptz, "
            "status text default 'running', details jsonb default '{{}}', error_message text); "
            "create trigger t before insert on public.maintenance_task_runs "
            "for each row execute function {role}.escape_by_trigger()",
        )  # fmt: skip
        assert f"public.maintenance_task_runs belongs to {role}" in plan(url)
        assert install(url) is True
        assert untrusted_owners(url) == {role: ["public.maintenance_task_runs"]}
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=f"--trust {role}"):
            run_recorded(url, "a_task", RunContext("cli"), lambda run: {})
        for function in (TASK, "verify_backup_health"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match=f"--trust {role}"):
                superuser.execute(f"select public.{function}()")
        assert witnesses(superuser, role) == set() and not is_superuser(superuser, role)
        superuser.execute(f"drop owned by {role} cascade; drop role {role}")


def test_no_session_of_a_superuser_does_the_work(database, superuser):
    with closing(connect(database, application_name="test")) as connection:
        row = connection.execute("select session_user as login, current_user as me").fetchone()
    assert row == {"login": "maint_worker", "me": "maint_owner"}


def test_a_worker_that_can_do_more_is_refused(new_database, database, superuser):
    role = f"worker_{uuid4().hex[:8]}"
    superuser.execute(f"create role {role} login in role maint_owner")
    url = conninfo.make_conninfo(database, user=role)
    with closing(connect(url, application_name="test")) as connection:
        assert connection.info.user == role
    superuser.execute(f"grant pg_read_all_data to {role}")
    with closing(connect(url, application_name="test")) as connection:
        assert connection.info.user == "maint_worker"
    superuser.execute(f"drop role {role}")
    superuser.execute("grant pg_read_all_data to maint_worker")
    try:
        with pytest.raises(ConfigurationError) as refused:
            connect(database, application_name="test")
    finally:
        superuser.execute("revoke pg_read_all_data from maint_worker")
    assert len(str(refused.value).splitlines()) == 2


PARTITIONS = """
create table public.readings (at timestamptz not null, note text default 'x',
    constraint sane check ({role}.escape_by_expression('x') = 'x')) partition by range (at);
create table public.readings_old partition of public.readings for values from ('2020-01-01') to ('2021-01-01');
create table public.readings_now partition of public.readings for values from ('2021-01-01') to ('2026-12-01');
insert into public.readings select timestamptz '2020-06-01' from generate_series(1, 9);
grant select, delete, update (at) on public.readings, public.readings_old, public.readings_now to maint_owner;
"""  # noqa: E501


def test_constraints_that_partitions_bring_stay_the_tables_owner(
    database, superuser, application_owner
):
    """PostgreSQL folds constants of CHECK constraints when it attaches and detaches."""
    role = application_owner
    act_as(superuser, role, PARTITIONS)
    forget(superuser, role)
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep, "
        "partition_step, partitions_ahead) values ('readings', 'readings', 'at', '30 days', "
        "'1 month', 2)"
    )
    result = purge(database, "readings").details
    assert [row["partition"] for row in result["partitions_dropped"]] == ["public.readings_old"]
    assert result["partitions_created"]
    assert not is_superuser(superuser, role)
    assert witnesses(superuser, role) <= {"maintenance", role}
    assert role in witnesses(superuser, role)


def test_who_adds_a_policy_lends_the_table_no_rights(database, superuser, application_owner):
    role = application_owner
    act_as(
        superuser, role,
        "create table public.words (at timestamptz, word text); "
        "create index on public.words (at) where {role}.escape_by_expression('x') = 'x'; "
        "alter table public.words add check ({role}.escape_by_expression('x') = 'x'); "
        "grant select, delete, update (at) on public.words to maint_owner",
    )  # fmt: skip
    forget(superuser, role)
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep, condition) "
        f"values ('words', 'words', 'at', '30 days', '{role}.escape_by_expression(word) = ''x''')"
    )
    assert not is_superuser(superuser, role)
    assert witnesses(superuser, role) == {"confined"}


def test_what_somebody_left_in_schema_maint_does_not_come_back_to_who_migrates(
    database, superuser, application_owner
):
    role = application_owner
    superuser.execute(f"grant maint_owner to {role}")
    superuser.execute(f"grant usage on schema {role} to maint_owner")
    act_as(
        superuser, role,
        "set role maint_owner; "
        "create trigger escape after insert or update or delete on maint.checks "
        "for each row execute function {role}.escape_by_trigger(); "
        "create constraint trigger escape_later after insert or update or delete on maint.checks "
        "deferrable initially deferred for each row execute function {role}.escape_by_trigger(); "
        "comment on schema maint is 'maint_pipeline: of another version'",
    )  # fmt: skip
    with suppress(psycopg.Error):  # it keeps us from migrating, and gets nothing by it
        install(database)
    assert not is_superuser(superuser, role)
    superuser.execute("drop trigger if exists escape on maint.checks")
    superuser.execute("drop trigger if exists escape_later on maint.checks")


def test_going_back_reads_nothing_that_somebody_else_owns(new_database):
    url, role = new_database(), f"stranger_{uuid4().hex[:8]}"
    with closing(connect(url, application_name="test", as_owner=False)) as superuser:
        install(url)
        superuser.execute(f"create role {role} login; grant create on schema public to {role}")
        superuser.execute(ESCAPE.format(role=role))
        superuser.execute(f"alter table public.maintenance_task_runs owner to {role}")
        act_as(
            superuser, role,
            "alter table public.maintenance_task_runs rename to moved; "
            "create view public.maintenance_task_runs as select 1 as id "
            "where {role}.escape_by_expression('x') = 'x'; "
            "comment on view public.maintenance_task_runs is 'maint_pipeline: every run'",
        )  # fmt: skip
        forget(superuser, role)
        said: list[str] = []
        remove(url, said.append)
        assert any("public.maintenance_task_runs stays" in line for line in said)
        assert witnesses(superuser, role) == set() and not is_superuser(superuser, role)
        superuser.execute(f"drop owned by {role} cascade; drop role {role}")
