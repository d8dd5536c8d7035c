"""What callers have set in their sessions changes nothing."""

import json
from contextlib import closing

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.database.connection import connect
from maint_pipeline.database.migrate import open_for_migration
from maint_pipeline.retention.purge import Purge

# Ages around the cutoff of 90 days, closer than settings can shift it.
ROWS = """
insert into auth.users (id) values ('00000000-0000-0000-0000-000000000001');
insert into public.profiles (id) values ('00000000-0000-0000-0000-000000000001');
insert into public.audit_logs (id, entity, action, user_id, time, payload_hash)
select format('00000000-0000-0000-0000-%s', lpad((n + 600)::text, 12, '0'))::uuid, E'in\\\\voice',
    'read', '00000000-0000-0000-0000-000000000001',
    now() - interval '90 days' + n * interval '20 minutes',
    case when n % 2 = 0 then 'even' end
from generate_series(-600, 600) as n where n <> 0;
insert into public.orgs (id, name) values ('00000000-0000-0000-0000-000000000007', 'no "backup"');
create table public.events (id integer, at timestamp, day date);
insert into public.events
select n, (now() at time zone 'Asia/Kolkata') - interval '90 days' + n * interval '20 minutes',
    ((now() at time zone 'Asia/Kolkata') - interval '90 days' + n * interval '20 minutes')::date
from generate_series(-600, 600) as n where n <> 0;
grant select, update, delete on public.events to maint_owner;
insert into maint.retention_policies (name, table_name, time_column, condition, keep) values
    ('events', 'events', 'at',
        'at::text >= ''2000'' and (id = any (''{NULL}''::int[])) is null and ''\\'' <> ''/''',
        '90 days'),
    ('days', 'events', 'day', 'true', '90 days');
"""
# What is told, without what differs between any two runs.
VOLATILE = {"task_id", "cutoff", "statement", "id", "started_at", "finished_at", "duration_seconds"}
LEFT = """
select (select jsonb_agg(id order by id) from public.audit_logs)
    || (select jsonb_agg(id order by id) from public.events) as ids
"""
ACKNOWLEDGE = "select public.acknowledge_security_alert(id) from public.security_alerts"
HISTORY = """
select task_name, status, details, error_message
from public.get_maintenance_task_history(1) order by 1
"""
# Values that differ as much as can be from what anybody has.
HOSTILE = {
    "DateStyle": ("SQL, MDY", "SQL, DMY", "German", "Postgres, YMD", "ISO, DMY"),
    "TimeZone": ("EST-167", "Asia/Kolkata", "America/St_Johns", "<+00>+12", "Pacific/Kiritimati"),
    "IntervalStyle": ("sql_standard", "iso_8601", "postgres_verbose"),
    "extra_float_digits": ("-15", "3"),
    "search_path": ("nowhere", "public, pg_catalog", "pg_temp, public"),
    "timezone_abbreviations": ("Australia", "India"),
    "gin_fuzzy_search_limit": ("1",),
    "default_text_search_config": ("pg_catalog.simple", "pg_catalog.turkish"),
    "plpgsql.extra_errors": ("all",),
    "plpgsql.extra_warnings": ("all",),
    "plpgsql.variable_conflict": ("use_column", "use_variable"),
    "restrict_nonsystem_relation_kind": ("view, foreign-table",),
    "lock_timeout": ("1ms",),
    "work_mem": ("64kB",),
    "lc_messages": ("C",),
    "lc_numeric": ("C.UTF-8",),
    "lc_monetary": ("C.UTF-8",),
    "lc_time": ("C.UTF-8",),
}
# They say whether the caller may write, or how long it wants to wait, which is the caller's to
# decide, or which privileges it has. session_replication_role: test_application_code.py.
NOT_OURS = {
    "default_transaction_read_only", "transaction_read_only", "transaction_isolation",
    "transaction_deferrable", "session_replication_role", "role", "session_authorization",
    "client_encoding", "is_superuser", "allow_system_table_mods", "zero_damaged_pages",
    "ignore_checksum_failure", "allow_in_place_tablespaces", "jit_dump_bitcode",
    "debug_discard_caches", "statement_timeout", "transaction_timeout", "trace_locks",
    "idle_in_transaction_session_timeout", "default_table_access_method",
}  # fmt: skip


@pytest.fixture
def application(superuser):
    superuser.execute(ROWS)
    superuser.execute(f"alter database {superuser.info.dbname} set timezone = 'Asia/Kolkata'")
    superuser.execute("set timezone = 'UTC'")
    return superuser


def values_of(row: dict) -> list[str]:
    """Other values of a setting than the one it has."""
    if row["name"] in HOSTILE:
        return list(HOSTILE[row["name"]])
    if row["vartype"] == "bool":
        return ["off" if row["setting"] == "on" else "on"]
    if row["vartype"] == "enum":
        return [value for value in row["enumvals"] if value != row["setting"]]
    return []


def without_volatile(value):
    if isinstance(value, dict):
        return {k: without_volatile(v) for k, v in value.items() if k not in VOLATILE}
    if isinstance(value, list):
        return [without_volatile(each) for each in value]
    return value


class Undo(Exception):
    pass


def outcome(caller: psycopg.Connection, name: str = "", value: str = "") -> str:
    """Do everything with a setting, tell what came of it, and undo it."""
    told = []
    try:
        with caller.transaction():
            # One now() for all: the rows' ages are counted from the fixture's.
            if name:
                caller.execute(sql.SQL("set local {} = {}").format(sql.SQL(name), value))
            told.append(caller.execute("select public.preview_cleanup() as a").fetchone())
            told.append(caller.execute("select public.preview_cleanup('events') as a").fetchone())
            for task in ("cleanup_old_audit_logs", "verify_backup_health"):
                told.append(caller.execute(f"select public.{task}() as a".encode()).fetchone())
            told.append(caller.execute("select maint.purge('events') as a").fetchone())
            told.append(caller.execute("select maint.purge('days') as a").fetchone())
            caller.execute(
                "select public.acknowledge_security_alert(id) from public.security_alerts"
            )
            # What is printed from here on is for us.
            caller.execute("reset all")
            caller.execute("set local datestyle = 'ISO'; set local timezone = 'UTC'")
            told.append(caller.execute(LEFT).fetchone())
            told.append(caller.execute(HISTORY).fetchall())
            told.append(
                caller.execute(
                    "select alert_type, severity, title, description, fingerprint, "
                    "details - 'acknowledged_by' as details from public.security_alerts order by 1"
                ).fetchall()
            )
            raise Undo
    except Undo:
        return json.dumps(without_volatile(told), default=str)


def settings_of(caller) -> list[tuple[str, str]]:
    rows = caller.execute(
        "select name, vartype, enumvals, setting from pg_settings "
        "where context in ('user', 'superuser') order by name"
    ).fetchall()
    return [
        (row["name"], value)
        for row in rows
        if row["name"] not in NOT_OURS and not row["name"].startswith(("debug_", "trace_", "log_"))
        for value in values_of(row)
    ]


def test_no_setting_of_the_caller_changes_what_happens(application, database):
    with closing(connect(database, application_name="caller", as_owner=False)) as caller:
        caller.execute("load 'plpgsql'")
        tried = settings_of(caller)
        assert {"DateStyle", "transform_null_equals", "exit_on_error"} <= {
            name for name, _ in tried
        }
        expected = outcome(caller)
        assert '"deleted_count": 600' in expected
        differing = [(n, v) for n, v in tried if outcome(caller, n, v) != expected]
    assert differing == []


@pytest.mark.parametrize("name", ["DateStyle", "TimeZone", "IntervalStyle", "array_nulls",
    "transform_null_equals", "standard_conforming_strings", "quote_all_identifiers"])  # fmt: skip
def test_no_setting_of_the_worker_changes_what_a_job_deletes(application, database, name):
    if name == "DateStyle":
        values = ("ISO, DMY", "ISO, YMD")  # psycopg reads no other
    else:
        values = HOSTILE.get(name) or (
            ("off",) if name in ("array_nulls", "standard_conforming_strings") else ("on",)
        )
    for policy, expected in (("cleanup_old_audit_logs", 600), ("events", 600)):
        for value in values:
            with closing(connect(database, application_name="job")) as job:
                job.execute(sql.SQL("set {} = {}").format(sql.SQL(name), value))
                assert Purge(policy).preview(job)["expired_count"] == expected, value
    value = values[0]
    for policy, expected in (("cleanup_old_audit_logs", 600), ("events", 600)):
        with closing(connect(database, application_name="job")) as job:
            job.execute(sql.SQL("set {} = {}").format(sql.SQL(name), value))
            assert Purge(policy, duty=1).run(job)["deleted_count"] == expected


def test_the_cutoff_is_printed_as_one_moment(application, owner):
    for style, zone in (("SQL, MDY", "EST-167"), ("SQL, DMY", "Asia/Kolkata")):
        owner.execute(f"set datestyle = '{style}'; set timezone = '{zone}'")
        row = owner.execute(
            "select maint.expired_expression('cleanup_old_audit_logs', "
            "timestamptz '2026-03-04 05:06:07.89+00') as told, "
            "maint.expired_expression('events', timestamptz '2026-03-04 05:06:07.89+00') as local"
        ).fetchone()
        assert row["told"] == "\"time\" < '2026-03-04 05:06:07.89+00'::timestamptz"
        assert row["local"].startswith("at < '2026-03-04 10:36:07.89'::timestamp")


def test_the_databases_zone_is_what_times_without_one_are_meant_in(application, owner):
    zone = "select maint.application_time_zone() as zone"
    assert owner.execute(zone).fetchone()["zone"] == "Asia/Kolkata"
    application.execute(f"alter database {application.info.dbname} reset timezone")
    with closing(psycopg.connect(application.info.dsn)) as anybody:
        (servers,) = anybody.execute("show timezone").fetchone()
    with closing(connect(owner.info.dsn, application_name="t")) as other:
        other.execute("set timezone = 'Pacific/Kiritimati'")
        assert other.execute(zone).fetchone()["zone"] == servers != "Pacific/Kiritimati"


def test_the_zone_of_who_migrates_is_not_taken_for_the_servers(database, superuser, monkeypatch):
    zone = "select reset_val from pg_settings where name = 'TimeZone'"
    servers = superuser.execute(zone).fetchone()["reset_val"]
    monkeypatch.setenv("PGTZ", "Pacific/Kiritimati")
    with closing(open_for_migration(database)) as migrating:
        assert migrating.execute(zone).fetchone()["reset_val"] == servers


def test_partitions_of_times_without_a_zone_are_over_in_that_zone(application, owner):
    """A bound without a zone is passed when it is passed there, not in UTC."""
    application.execute(
        "create table public.parts (at timestamp not null) partition by range (at);"
        "create table public.parts_a partition of public.parts "
        "for values from ('2020-01-01') to ('2020-02-01');"
        "grant select, update, delete on public.parts, public.parts_a to maint_owner;"
        "insert into maint.retention_policies (name, table_name, time_column, keep, "
        "partition_step, partitions_ahead) values ('parts', 'parts', 'at', '1 day', '1 month', 2)"
    )
    for zone in ("UTC", "America/St_Johns"):
        owner.execute(f"set timezone = '{zone}'")
        row = owner.execute(
            "select upper_bound = timestamptz '2020-01-31 18:30+00' as same "
            "from maint.time_partitions('parts')"
        ).fetchone()
        assert row["same"]
        made = owner.execute("select statements from maint.missing_partitions('parts')").fetchall()
        attach = [row["statements"][-1] for row in made]
        assert attach and all("-01 00:00:00" in line.split(" from ")[1] for line in attach), attach
