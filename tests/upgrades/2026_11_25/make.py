"""Makes a database and an archive as maint_pipeline of 25 November 2026 left them.

Run it with the Python of a checkout of that state, on an empty database of PostgreSQL 15 (README.md
beside it says how). All of it is done by that state's own code, except where a row has no other way
in than SQL. Nothing here imports today's code.
"""

import shutil
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from maint_pipeline.ledger import Origin, run_recorded

from maint_pipeline.alerts.outbox import register_channels
from maint_pipeline.checks.baseline import approve_baseline
from maint_pipeline.checks.ignored import ignore_finding
from maint_pipeline.database.connection import connect
from maint_pipeline.installation import install
from maint_pipeline.retention.partitions import Partitions
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sample import create_sample_application, load_sample_data

HERE = Path(__file__).parent
ARCHIVE = HERE / "archive"
NOW = datetime.now(UTC)

APPLICATION = """
create type public.parcel_state as enum ('sent', 'lost', 'found');
create type public.place as (street text, number integer);
-- With a primary key, and types that an archive may get wrong.
create table public.parcels (
    id bigint generated always as identity primary key, at timestamptz not null, state public.parcel_state,
    place public.place, tags text[], label bytea, weight numeric, valid tstzrange, note text,
    grams numeric generated always as (weight * 1000) stored);
insert into public.parcels (at, state, place, tags, label, weight, valid, note)
select timestamptz '2026-01-01 08:00+00' + i * interval '1 hour', (array['sent', 'lost', 'found'])[1 + i % 3]::public.parcel_state,
    row('Main "Street", ' || i, i)::public.place, case when i % 4 > 0 then array['a,b', null, 'c"d', ''] end,
    decode(lpad(to_hex(i), 8, '0'), 'hex'), case when i % 5 = 0 then 'NaN' else i / 7.0 end,
    tstzrange('2026-01-01', case when i % 2 = 0 then null else timestamptz '2027-01-01' end),
    case i % 4 when 0 then '' when 1 then null when 2 then E'two\\nlines\\t' else '\\N' end
from generate_series(1, 120) as i;
-- Without one, and with rows that are equal.
create table public.clicks (at timestamptz not null, page text);
insert into public.clicks
select timestamptz '2026-01-01 08:00+00' + i / 3 * interval '1 hour', nullif('page ' || i % 2, 'page 1')
from generate_series(1, 240) as i;
-- What was there before anything was archived, for comparing what comes back.
create table public.parcels_before as table public.parcels;
create table public.clicks_before as table public.clicks;
create table public.sessions (id integer primary key, ended_at timestamptz not null);
insert into public.sessions select i, '2025-01-01' from generate_series(1, 20) as i;
create table public.readings (at timestamptz not null, value integer) partition by range (at);
create table public.readings_2024 partition of public.readings for values from ('2024-01-01') to ('2025-01-01');
create table public.readings_2025 partition of public.readings for values from ('2025-01-01') to ('2026-01-01');
create table public.readings_now partition of public.readings for values from ('2026-01-01') to ('2199-01-01');
insert into public.readings select timestamptz '2024-02-01' + i * interval '20 days', i from generate_series(1, 36) as i;
insert into public.readings values ('2199-01-01'::timestamptz - interval '1 day', 99);
grant select, delete, update on all tables in schema public to maint_owner;
"""  # noqa: E501
CONFIGURATION = """
insert into maint.retention_policies (name, table_name, time_column, condition, keep, action, batch_target)
values ('old_parcels', 'parcels', 'at', 'state <> ''lost''', '60 days', 'archive', '20 milliseconds'),
    ('old_clicks', 'clicks', 'at', 'true', '60 days', 'archive', '10 milliseconds'),
    ('old_sessions', 'sessions', 'ended_at', 'true', '60 days', 'delete', '10 milliseconds');
insert into maint.retention_policies (name, table_name, time_column, keep, partition_step)
values ('old_readings', 'readings', 'at', '90 days', '1 year');
update maint.retention_policies set enabled = false where name = 'old_sessions';
update maint.retention_policies set keep = '100 days' where name = 'cleanup_old_audit_logs';
insert into maint.legal_holds (policy_name, column_name, value, reason) values
    ('old_parcels', 'id', '7', 'case 4711'), (null, 'user_id', (select id::text from public.profiles order by id limit 1), 'audit of 2026');
insert into maint.legal_holds (policy_name, column_name, value, reason, released_at)
    values ('cleanup_old_audit_logs', 'entity', 'invoice', 'released again', now());
insert into maint.maintenance_windows (name, days, opens, closes, time_zone, tasks, enabled) values
    ('nights', '{1,2,3,4,5}', '22:00', '06:00', 'Europe/Berlin', '{}', false),
    ('always', '{1,2,3,4,5,6,7}', '00:00', '23:59', 'UTC', '{cleanup_old_audit_logs}', true);
update maint.check_thresholds set value = '3 days' where check_name = 'org_backup_stale' and type = 'interval';
update maint.check_thresholds set value = '200' where check_name = 'mass_read' and type = 'integer';
update maint.checks set enabled = false where name = 'unused_index';
update maint.settings set value = 'public' where name = 'exposed_schemas';
update maint.settings set value = 'public.sessions' where name = 'restore_ignores';
insert into maint.backup_sources (source, backup, taken_at, bytes, problem, looked_at) values
    ('pg_dump:/backups', 'app-2026-11-24.dump', '2026-11-24 01:00+00', 12345678, null, now()),
    ('pgbackrest:main', null, null, null, 'there is no backup', now());
insert into maint.restore_proofs (source, backup, taken_at, bytes, started_at, finished_at, is_proven, problem, newest_row_at, row_count, details)
values ('pg_dump:/backups', 'app-2026-11-23.dump', '2026-11-23 01:00+00', 12000000, now() - interval '2 days', now() - interval '2 days', true, null, '2026-11-23', 4711, '{"tables": 12}'),
    ('pg_dump:/backups', 'app-2026-11-24.dump', '2026-11-24 01:00+00', 12345678, now() - interval '1 day', now() - interval '1 day', false, 'the file is torn', null, null, '{}');
"""  # noqa: E501


def main(url: str) -> None:
    """Fill the empty database of a superuser's URL, and write dump and archive beside this file."""
    shutil.rmtree(ARCHIVE, ignore_errors=True)
    with closing(connect(url, application_name="fixture", as_owner=False)) as superuser:
        create_sample_application(superuser)
        superuser.execute(APPLICATION.partition("grant select, delete")[0])
        install(url)
        superuser.execute(APPLICATION[APPLICATION.index("grant select, delete") :])
        load_sample_data(superuser, rows=200, organization_count=12, now=NOW)
        trim(superuser)
        with closing(connect(url, application_name="maint")) as owner:
            configure(superuser, owner)
            raise_alerts(superuser, owner)
            notify(superuser, owner)
            archive(owner)
            leave_a_partition_detached(owner)
            runs_of_all_statuses(url, superuser, owner)
    dump(url)


def trim(superuser) -> None:
    """Keep the file small: few people, few audit logs of the sample's attacks."""
    superuser.execute(
        "delete from public.audit_logs where id in (select id from "
        "(select id, row_number() over (partition by entity, action order by time desc) as n "
        "from public.audit_logs) as counted where n > 25)"
    )
    superuser.execute(
        "delete from public.backup_runs where id in (select id from (select id, row_number() over "
        "(partition by org_id order by created_at desc) as n from public.backup_runs) as counted "
        "where n > 6)"
    )
    superuser.execute(
        "delete from public.maintenance_task_runs where id in (select id from "
        "(select id, row_number() over (partition by task_name, status order by started_at desc) "
        "as n from public.maintenance_task_runs) as counted where n > 5)"
    )


def configure(superuser, owner) -> None:
    for statement in CONFIGURATION.split(";\n"):
        if statement.strip():
            owner.execute(statement)
    approve_baseline(owner, "function", None)


def raise_alerts(superuser, owner) -> None:
    register_channels(owner, ["ops", "security"], "medium")
    superuser.execute(
        "update maint.notification_channels set min_severity = 'high', categories = '{security}', "
        "quiet_from = '22:00', quiet_until = '06:00', time_zone = 'Europe/Berlin', "
        "gather_for = '5 minutes', digest_from = 7 where name = 'security'"
    )
    superuser.execute("select public.run_automated_security_checks()")
    superuser.execute("select public.verify_backup_health()")
    alerts = superuser.execute(
        "select id, fingerprint from public.security_alerts where fingerprint is not null "
        "and resolved is not true order by severity, fingerprint"
    ).fetchall()
    assert len(alerts) > 8, len(alerts)
    first, second, third, fourth = (row["id"] for row in alerts[:4])
    superuser.execute("select public.acknowledge_security_alert(%s, 'looking into it')", [first])
    superuser.execute(
        "select public.silence_security_alert(%s, '2199-01-01', 'known until the move')", [second]
    )
    superuser.execute("select public.resolve_security_alert(%s, 'done by hand')", [third])
    superuser.execute("select public.resolve_security_alert(%s)", [fourth])
    ignore_finding(owner, alerts[4]["fingerprint"], "accepted in the review", None)
    ignore_finding(
        owner, alerts[5]["fingerprint"], "until spring", datetime(2199, 3, 1, tzinfo=UTC)
    )
    # Seen once more: repeated, reopened, resolved where they are ignored.
    superuser.execute("select public.run_automated_security_checks()")


def notify(superuser, owner) -> None:
    ids = [
        row["id"]
        for row in owner.execute(
            "select id from maint.notifications where channel = 'ops' order by id"
        ).fetchall()
    ]
    assert len(ids) > 6, len(ids)
    owner.execute("select maint.mark_notifications_sent(%s)", [ids[:2]])
    owner.execute("select maint.put_off_notifications(%s, 'mailbox unknown', 1)", [ids[2:4]])
    owner.execute("select maint.put_off_notifications(%s, 'connection refused', 24)", [ids[4:5]])


def archive(owner) -> None:
    """Write what two nights would: each with the cutoff that it had."""
    for until in ("2026-01-03", "2026-01-04"):
        keep = NOW - datetime.fromisoformat(f"{until}T00:00:00+00:00")
        for policy in ("old_parcels", "old_clicks"):
            done = Purge(policy, keep=keep, duty=1, archive_url=str(ARCHIVE), vacuum=False).run(
                owner
            )
            assert done["archived_rows"] > 5, done


class _Killed(BaseException):
    pass


def leave_a_partition_detached(owner) -> None:
    """End a purge between detaching a partition and dropping it."""

    class Interrupted(Partitions):
        def _drop(self, row) -> None:
            raise _Killed

    with suppress(_Killed):
        Interrupted(owner, "old_readings", datetime(2025, 6, 1, tzinfo=UTC)).drop_expired()
    left = owner.execute("select name from maint.detaching_partitions").fetchall()
    assert [row["name"] for row in left] == ["public.readings_2024"], left


def runs_of_all_statuses(url: str, superuser, owner) -> None:
    origin = Origin("schedule", "0b6a1d3c-1f9e-4c54-9c0e-9d86b7a6f001")
    run_recorded(url, "maintenance_health", origin, lambda run: {"healthy": True})

    def fail(run):
        run.report(fraction=0.5, deleted_count=21)
        raise RuntimeError("the disk is full")

    def cancel(run):
        raise KeyboardInterrupt

    def meet_another(run):
        return {"met": run_recorded(url, "verify_restore", origin, fail).status}

    for work in (fail, cancel):
        with suppress(RuntimeError, KeyboardInterrupt):
            run_recorded(url, "cleanup_old_audit_logs", Origin("cli"), work)
    run_recorded(url, "verify_restore", Origin("manual"), meet_another)
    # A worker that was lost: its row still says running.
    owner.execute("select maint.begin_task_run('send_weekly_report', 'schedule', 'lost-run')")
    found = owner.execute(
        "select array_agg(distinct status order by status) as all from public.maintenance_task_runs"
    ).fetchone()["all"]
    assert found == ["canceled", "completed", "failed", "running", "skipped"], found


def dump(url: str) -> None:
    """Write the whole database as SQL that psycopg can run: rows as INSERT, no psql commands."""
    text = subprocess.run(
        ["/usr/lib/postgresql/15/bin/pg_dump", "--inserts", "--rows-per-insert=100", url],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    kept = [line for line in text.splitlines() if not line.startswith(("\\", "--")) and line]
    (HERE / "database.sql").write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
