"""Failed backups become alerts as they commit, once each, and are resolved by the next success."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from uuid import UUID

import psycopg
import pytest

from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import connect
from maint_pipeline.sensors.backup_failures import watch_backup_failures
from tests.dev import eventually

RUN = (
    "insert into public.backup_runs "
    "(org_id, status, started_at, finished_at, rows_count, file_url) "
    "values (%s, %s, now() - %s::interval, case when %s = 'running' then null "
    "else now() - %s::interval end, 10, 's3://b/f') returning id"
)


@pytest.fixture
def org(superuser) -> UUID:
    return superuser.execute(
        "insert into public.orgs (name) values ('Acme') returning id"
    ).fetchone()["id"]


def run(connection, org: UUID, status: str = "failed", age: str = "1 hour") -> UUID:
    row = connection.execute(RUN, [org, status, age, status, age]).fetchone()
    return row["id"] if isinstance(row, dict) else row[0]


def look(owner) -> dict[str, int]:
    return {what: n for what, n in sync_check(owner, "backup_failed").items() if n}


def alerts(owner) -> dict[str, dict]:
    rows = owner.execute(
        "select * from public.security_alerts where alert_type = 'backup_failed'"
    ).fetchall()
    return {row["fingerprint"].partition(":")[2]: row for row in rows}


def test_one_failure_is_one_alert_however_often_one_looks(superuser, owner, org):
    assert look(owner) == {}
    failed = run(superuser, org)
    assert look(owner) == {"created": 1}
    assert look(owner) == look(owner) == {}
    assert alerts(owner)[str(failed)]["occurrences"] == 1
    second = run(superuser, org, age="30 minutes")
    assert look(owner) == {"created": 1}
    assert {alert["occurrences"] for alert in alerts(owner).values()} == {1}
    assert alerts(owner).keys() == {str(failed), str(second)}


def test_a_late_commit_is_seen(database, owner, superuser, org):
    with closing(psycopg.connect(database)) as writer:
        run(writer, org, age="2 hours")
        run(superuser, org)
        assert look(owner) == {"created": 1}
        writer.commit()
    assert look(owner) == {"created": 1}


def test_old_rows_that_come_late_count_within_48_hours(superuser, owner, org):
    run(superuser, org, age="3 days")
    assert look(owner) == {}
    run(superuser, org, age="47 hours")
    assert look(owner) == {"created": 1}


def test_a_run_that_turns_into_a_failure(superuser, owner, org):
    started = run(superuser, org, "running", "3 days")
    assert look(owner) == {}
    superuser.execute(
        "update public.backup_runs set status = 'failed', finished_at = now() where id = %s",
        [started],
    )
    assert look(owner) == {"created": 1}


def test_the_next_success_resolves_with_evidence(superuser, owner, org):
    failed = run(superuser, org)
    look(owner)
    run(superuser, org, "ok", "2 hours")  # before the failure: proves nothing
    assert look(owner) == {}
    success = run(superuser, org, "ok", "10 minutes")
    assert look(owner) == {"resolved": 1}
    alert = alerts(owner)[str(failed)]
    assert alert["details"]["resolved_by_backup_run"] == str(success)
    assert "succeeded" in alert["details"]["resolved_because"]


def test_the_daily_check_resolves_with_the_same_evidence(superuser, owner, org):
    failed = run(superuser, org)
    superuser.execute("select verify_backup_health()")
    success = run(superuser, org, "ok", "10 minutes")
    superuser.execute("select verify_backup_health()")
    assert alerts(owner)[str(failed)]["details"]["resolved_by_backup_run"] == str(success)


def test_beyond_a_threshold_an_organization_has_one_alert_until_it_ends(superuser, owner, org):
    singles = [str(run(superuser, org, age=f"{hours} hours")) for hours in range(43, 48)]
    assert look(owner) == {"created": 5}
    run(superuser, org)
    assert look(owner) == {"created": 1, "resolved": 5}
    seen = alerts(owner)
    assert "6 backups" in seen[str(org)]["description"]
    assert "together" in seen[singles[0]]["details"]["resolved_because"]
    # The oldest leave the 48 hours: no alert each for those that are left.
    superuser.execute(
        "update public.backup_runs set started_at = started_at - interval '3 hours', "
        "finished_at = finished_at - interval '3 hours'"
    )
    assert look(owner) == {"repeated": 1}
    assert look(owner) == {}
    assert "3 backups" in alerts(owner)[str(org)]["description"]
    run(superuser, org, "ok", "1 minute")
    assert look(owner) == {"resolved": 1}


def test_thousands_at_once(superuser, owner, org):
    superuser.execute(
        "with many as (insert into public.orgs (name) select 'org ' || i "
        "from generate_series(1, 3000) as i returning id) "
        "insert into public.backup_runs (org_id, status, finished_at) "
        "select id, 'failed', now() from many"
    )
    for _ in range(2000):
        run(superuser, org)
    assert look(owner) == {"created": 3001}
    assert look(owner) == {}


def test_what_somebody_resolved_stays_resolved(superuser, owner, org):
    failed = run(superuser, org)
    look(owner)
    superuser.execute("select resolve_security_alert(%s)", [alerts(owner)[str(failed)]["id"]])
    assert look(owner) == {}
    run(superuser, org, age="5 minutes")
    assert look(owner) == {"created": 1}


def test_two_daemons_raise_it_once(database, superuser, org):
    barrier = Barrier(4, timeout=60)  # who fails must not leave the others waiting

    def tick(_number: int) -> None:
        with closing(connect(database, application_name="daemon")) as connection:
            for _ in range(10):
                barrier.wait()
                sync_check(connection, "backup_failed")

    with ThreadPoolExecutor(4) as pool:
        ticks = [pool.submit(tick, number) for number in range(4)]
        for age in range(4):
            run(superuser, org, age=f"{age} hours")
        for done in ticks:
            done.result()
    seen = alerts(superuser)
    assert len(seen) == 4 and {alert["occurrences"] for alert in seen.values()} == {1}


def test_who_looked_before_others_raised_does_not_resolve_what_it_had_not_seen(
    database, superuser, org
):
    run(superuser, org, age="1 hour")
    with (
        ThreadPoolExecutor(1) as pool,
        closing(connect(database, application_name="first")) as first,
        closing(connect(database, application_name="second")) as second,
    ):
        with first.transaction():
            first.execute("select maint.lock_alerts('backup_failed')")
            late = pool.submit(sync_check, second, "backup_failed")
            waiting = "select from pg_stat_activity where pid = %s and wait_event = 'PgSleep'"
            pid = [second.info.backend_pid]
            eventually(lambda: superuser.execute(waiting, pid).rowcount)
            run(superuser, org, age="2 hours")
            sync_check(first, "backup_failed")
        assert late.result()["resolved"] == 0
    assert [alert["resolved"] for alert in alerts(superuser).values()] == [False, False]


def test_a_tick_that_listens_sees_the_commit(database, superuser, org):
    """It would look again after two minutes only."""
    with ThreadPoolExecutor(1) as pool, closing(connect(database, application_name="tick")) as own:
        tick = pool.submit(watch_backup_failures, own, 120)
        try:
            for number in range(1, 4):
                run(superuser, org, age=f"{number} hours")
                eventually(lambda wanted=number: len(alerts(superuser)) == wanted)
                assert not tick.done()
        finally:
            own.cancel_safe()
            superuser.execute("select pg_terminate_backend(%s)", [own.info.backend_pid])


@pytest.mark.parametrize(
    "refusal",
    [
        "drop trigger maint_tell_backup_failure on public.backup_runs",
        "alter table public.backup_runs disable trigger maint_tell_backup_failure",
    ],
)
def test_without_the_trigger_a_tick_only_looks(superuser, owner, org, refusal):
    superuser.execute(refusal)
    run(superuser, org)
    assert watch_backup_failures(owner, 3600)[0]["created"] == 1


def test_an_application_without_backups_has_no_failures(superuser, owner):
    superuser.execute("drop table public.backup_runs")
    assert watch_backup_failures(owner, 3600)[0].total() == 0


def test_a_switched_off_check_raises_nothing(superuser, owner, org):
    superuser.execute("update maint.checks set enabled = false where name = 'backup_failed'")
    run(superuser, org)
    assert look(owner) == {}


def test_a_tick_uses_indexes_only(superuser, owner, org):
    """However large the table: no plan of the check reads it in full."""
    superuser.execute(
        "insert into public.backup_runs (org_id, status, started_at, finished_at) "
        "select %s, 'ok', now() - interval '1 minute' * i, now() - interval '1 minute' * i "
        "from generate_series(1, 50000) as i",
        [org],
    )
    superuser.execute("vacuum analyze public.backup_runs")
    run(superuser, org, age="0 hours")
    before = scans(superuser)
    assert look(owner) == {"created": 1}
    superuser.execute("select pg_stat_force_next_flush()")
    owner.execute("select pg_stat_force_next_flush()")
    assert scans(superuser) == before


def scans(connection) -> int:
    return connection.execute(
        "select seq_scan from pg_stat_user_tables where relid = 'public.backup_runs'::regclass"
    ).fetchone()["seq_scan"]
