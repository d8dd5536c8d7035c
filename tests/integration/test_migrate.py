"""Migrating: an empty database, one that is current, and one with functions of other owners."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import psycopg
import pytest
from psycopg import IsolationLevel

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.checks.script import catalog_script
from maint_pipeline.database.connection import connect
from maint_pipeline.database.migrate import migrate
from maint_pipeline.database.step import TableBusyError
from maint_pipeline.errors import ConfigurationError, NotMigratedError
from maint_pipeline.installation.install import install, is_installed
from maint_pipeline.sample import create_sample_application

# What the catalog says of our objects, without anything that a mere re-application may change.
CATALOG = """
select 'function', oid::regprocedure::text, md5(pg_get_functiondef(oid)), proacl::text,
    pg_get_userbyid(proowner)
from pg_proc
where pronamespace in ('maint'::regnamespace, 'public'::regnamespace)
union all
select 'relation', oid::regclass::text, relkind::text, relacl::text, relrowsecurity::text
from pg_class
where relnamespace in ('maint'::regnamespace, 'public'::regnamespace)
union all
select 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
    attnotnull::text
from pg_attribute join pg_class on pg_class.oid = attrelid
where relnamespace in ('maint'::regnamespace, 'public'::regnamespace) and attnum > 0
    and not attisdropped
union all
select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), null
from pg_constraint where connamespace in ('maint'::regnamespace, 'public'::regnamespace)
union all
select 'policy', polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid),
    polroles::regrole[]::text
from pg_policy
union all
select 'check', name, title, needs::text, remediation from maint.checks
union all
select 'retention policy', name, condition, keep::text, updated_at::text
from maint.retention_policies
order by 1, 2, 3, 4
"""


def catalog(url: str) -> list[tuple]:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        return connection.execute(CATALOG).fetchall()


def test_empty_database_is_migrated_once(new_database):
    url = new_database()
    assert not is_installed(url)
    assert install(url) is True
    assert is_installed(url)
    before = catalog(url)
    assert install(url) is False
    assert catalog(url) == before


def test_applying_everything_again_changes_nothing(database):
    before = catalog(database)
    with closing(psycopg.connect(database, autocommit=True)) as connection:
        connection.execute("comment on schema maint is 'an older version'")
    assert install(database) is True
    assert catalog(database) == before


def test_migrating_twice_at_once_is_harmless(new_database):
    url = new_database()
    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(lambda _: install(url), range(3))) == [False, False, True]


def test_an_invalid_index_is_built_again(database, superuser):
    superuser.execute("comment on schema maint is 'an older version'")
    superuser.execute(
        "update pg_index set indisvalid = false "
        "where indexrelid = 'public.security_alerts_open_fingerprint_key'::regclass"
    )
    install(database)
    row = superuser.execute(
        "select indisvalid from pg_index "
        "where indexrelid = 'public.security_alerts_open_fingerprint_key'::regclass"
    ).fetchone()
    assert row["indisvalid"]


def test_working_on_a_database_that_was_never_migrated_says_so(new_database, template):
    # The role exists on this server since the template was made, but not for this database.
    with pytest.raises(NotMigratedError, match="maint migrate"):
        connect(new_database(), application_name="test")


def held(url: str, statement: str, isolation: IsolationLevel | None = None):
    """A transaction that holds what the statement takes."""
    connection = psycopg.connect(url, application_name="nightly report")
    connection.isolation_level = isolation
    connection.execute(statement)
    return connection


def test_a_table_in_use_is_waited_for_without_a_queue_behind_us(new_database, template):
    url, said = new_database(), []
    with closing(psycopg.connect(url, autocommit=True)) as application:
        create_sample_application(application)
        reader = held(url, "select from public.security_alerts")
        with ThreadPoolExecutor() as pool:
            migration = pool.submit(install, url, said.append)
            while not any("waiting for a lock held by" in line for line in said):
                # Behind a waiting ALTER TABLE everybody waits: for its lock_timeout at most.
                application.execute("set statement_timeout = '5s'")
                application.execute("select count(*) from public.security_alerts")
                assert not migration.done()
            reader.rollback()
            assert migration.result(timeout=60) is True
    assert any("(nightly report), in a transaction since" in line for line in said)


def test_a_table_that_stays_in_use_is_told_with_who_holds_it(new_database, template):
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as application:
        create_sample_application(application)
    reader = held(url, "select from public.security_alerts")
    with pytest.raises(TableBusyError, match=r"nightly report.*run maint migrate again"):
        migrate(url, catalog_script(load_checks()), patience=1.0)
    reader.rollback()
    assert install(url) is True


# Without autovacuum: it would hold the table for the moment in which the trigger is made.
FILL_BACKUP_RUNS = """
alter table public.backup_runs set (autovacuum_enabled = off);
insert into public.orgs (id, name, type) values (gen_random_uuid(), 'Alder', 'business');
insert into public.backup_runs (org_id, status, notes)
select orgs.id, 'ok', repeat('n', 200) from public.orgs, generate_series(1, 60000);
"""


@pytest.mark.parametrize("is_large", [False, True], ids=["small tables", "a large table"])
def test_a_snapshot_of_who_may_only_connect_delays_no_migration(
    new_database, template, monkeypatch, is_large
):
    monkeypatch.setattr("maint_pipeline.database.step.OPTIONAL_LOCK_TIMEOUT", "300ms")
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as application:
        create_sample_application(application)
        if is_large:
            application.execute(FILL_BACKUP_RUNS)
    stranger = held(url, "select 1", IsolationLevel.REPEATABLE_READ)
    said: list[str] = []
    try:
        assert migrate(url, catalog_script(load_checks()), said.append, patience=0.5) is True
    finally:
        stranger.rollback()
    left_out = [words for words in said if words.startswith("Left out for now")]
    assert len(left_out) == (3 if is_large else 0), said
    assert all("old snapshot" in words for words in left_out)
    assert install(url) is is_large
    assert install(url) is False


def test_killed_at_every_step_it_goes_on_where_it_was(new_database, template):
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as application:
        create_sample_application(application)
    seen: list[str] = []

    def die_at_the_next_step(step: str) -> None:
        if step not in seen:
            seen.append(step)
            raise KeyboardInterrupt

    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        for _ in range(40):
            with suppress(KeyboardInterrupt):
                install(url, die_at_the_next_step)
                break
        answer = connection.execute("select public.verify_backup_health() as a").fetchone()["a"]
    # A backend may outlive its killed client for a moment, and is waited for.
    steps = [step for step in seen if not step.startswith("waiting")]
    assert answer["success"] is True and "Row level security and grants" in steps


def test_a_server_that_is_too_old_is_refused(new_database, monkeypatch):
    # A real one is not at hand: this moves the line instead.
    monkeypatch.setattr("maint_pipeline.database.migrate.MINIMUM_SERVER_VERSION", 990000)
    with pytest.raises(ConfigurationError, match=r"PostgreSQL 1\d.* is too old.*Upgrade"):
        install(new_database())


# What later revisions added, taken away again.
BACK_TO_THE_FIRST = """
drop function maint.record_change() cascade;
drop table maint.changes, maint.ignored_findings, maint.baseline, maint.recent_activity,
    maint.observations, maint.activity_hours, maint.known_traits cascade;
delete from maint.settings where name not in ('admin_test', 'backup_trigger', 'restore_ignores');
alter table maint.settings drop constraint settings_name_known, add constraint settings_name_known
    check (name in ('admin_test', 'backup_trigger', 'restore_ignores'));
drop table maint.known_indexes, maint.judged_conditions;
alter table maint.check_results drop column of_the_platform cascade;
alter table maint.checks drop column cannot_see cascade;
drop table maint.health_samples, maint.health_tables, maint.health_views cascade;
delete from maint.checks where category = 'health';
alter table maint.checks drop column also_in cascade, drop constraint checks_category_known,
    add constraint checks_category_known check (category in ('security', 'backups'));
delete from maint.check_thresholds where type = 'text';
alter table maint.check_thresholds drop constraint check_thresholds_type_known,
    add constraint check_thresholds_type_known check (type in ('interval', 'integer', 'numeric'));
create function maint.proof_of_absence(text, jsonb) returns jsonb
    language sql as 'select null::jsonb';
drop view maint.stranded_partitions;
drop table maint.bound_columns, maint.sources, maint.alerts, maint.task_totals,
    maint.task_totals_until, maint.installation cascade;
alter table maint.detaching_partitions drop column parent_oid;
alter table maint.notifications drop column unanswered;
drop table maint.archive_runs, maint.restored_chunks;
drop table maint.advice;
drop table maint.load_samples, maint.storage_forecasts, maint.storage_plan, maint.storage_prices;
drop table maint.storage_sizes, maint.storage_relations, maint.storage_days, maint.storage_others,
    maint.added_tasks;
drop table maint.locks cascade;
create or replace function maint.task_lock_key(_task_name text) returns bigint
    language sql as 'select 1::bigint';
create function maint.task_lock_holder(text) returns jsonb language sql as 'select null::jsonb';
alter table maint.restore_tests rename to restore_proofs;
alter table maint.restore_proofs rename constraint restore_tests_pkey to restore_proofs_pkey;
alter sequence maint.restore_tests_id_seq rename to restore_proofs_id_seq;
alter table maint.notification_channels rename column group_wait to gather_for;
alter table maint.notification_channels rename column digest_threshold to digest_from;
alter table maint.notification_channels rename constraint
    notification_channels_group_wait_sane to notification_channels_gather_for_sane;
alter table maint.notification_channels rename constraint
    notification_channels_digest_threshold_sane to notification_channels_digest_from_sane;
update maint.alembic_version set version_num = '0001';
comment on schema maint is 'maint_pipeline: of the first revision 0';
"""


def test_a_database_at_an_earlier_revision_becomes_the_same_as_a_new_one(database, new_database):
    with closing(psycopg.connect(database, autocommit=True)) as connection:
        wanted = sorted(row for row in catalog(database) if row[0] != "retention policy")
        connection.execute(
            "update maint.check_thresholds set value = '9 hours' where name = 'after'"
        )
        connection.execute(BACK_TO_THE_FIRST)
    assert install(database) is True
    assert sorted(row for row in catalog(database) if row[0] != "retention policy") == wanted
    with closing(psycopg.connect(database)) as connection:
        kept = connection.execute(
            "select distinct value from maint.check_thresholds "
            "join maint.checks on checks.name = check_name "
            "where check_thresholds.name = 'after' and category <> 'health'"
        )
        assert kept.fetchall() == [("9 hours",)]
