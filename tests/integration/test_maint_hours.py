"""maint hours: the load as the sensor samples it, the week as shown, an hour for each task."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.hours.samples import Sample, quarter_of, read_load, write_sample
from maint_pipeline.sensors import load
from tests.dev import eventually

DAYS = 28


@pytest.fixture
def sampled(superuser):
    """Four weeks in which nights are busy until 4, and afternoons from 13 to 15 are not."""
    superuser.execute(
        """
        insert into maint.load_samples (at, seconds, active_seconds, own_seconds)
        select at, 900, case extract(hour from at at time zone 'UTC')
            when 13 then 45 when 14 then 45 else 1800 end + 90, 90
        from generate_series(
            date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - interval '28 days',
            now(), interval '15 minutes') as at
        """
    )
    return superuser


def test_other_sessions_count_and_ours_apart(owner, database):
    before = read_load(owner)
    assert owner.execute("select current_user as me").fetchone()["me"] == "maint_owner"
    with closing(psycopg.connect(database, autocommit=True)) as other:
        other.execute("select pg_sleep(0.5)")
        other.execute("select pg_stat_force_next_flush()")
        other.execute("select 1")
    after = eventually(lambda: (now := read_load(owner)).active > before.active + 0.4 and now)
    assert after.at > before.at


def test_sessions_of_our_role_are_seen_working(owner, database):
    with closing(connect(database, application_name="test")) as working:
        before = read_load(owner).own
        with ThreadPoolExecutor() as pool, suppress(psycopg.errors.QueryCanceled):
            sleeping = pool.submit(working.execute, "select pg_sleep(60)")
            assert eventually(lambda: read_load(owner).own == before + 1)
            working.cancel()
            sleeping.result()


def test_a_quarter_is_written_once_and_half_a_year_is_kept(superuser, owner):
    now = datetime.now(UTC)
    write_sample(owner, Sample(quarter_of(now), 900, 90, 0))
    write_sample(owner, Sample(quarter_of(now), 900, 99, 0))
    write_sample(owner, Sample(quarter_of(now - timedelta(days=200)), 900, 90, 0))
    write_sample(owner, Sample(quarter_of(now - timedelta(minutes=15)), 900, 90, 0))
    rows = superuser.execute("select active_seconds from maint.load_samples").fetchall()
    assert [row["active_seconds"] for row in rows] == [90, 90]


def test_what_can_not_be_read_is_said_and_disturbs_nothing(owner, monkeypatch):
    monkeypatch.setattr(load, "_gathered", {})
    assert load.sample_load(owner, "here") == "" and load.sample_load(owner, "here") == ""
    owner.close()
    assert "The load was not sampled" in load.sample_load(owner, "there")


def test_the_week_and_the_hour_of_each_task(sampled, cli):
    text = cli("hours", "--table").stdout
    assert "at most 2.00" in text and "Sat  ██" in text
    (one,) = [line.split() for line in text.splitlines() if line.startswith("14:00")]
    assert len(one) == 8 and set(one[1:]) == {"0.27"}
    rows = cli.json("hours")
    tasks = {row["task"]: row for row in rows if row["kind"] == "task"}
    logs, rows_ = tasks["cleanup_old_audit_logs"], tasks["cleanup_expired_rows"]
    assert logs["starts"] == "02:00" and "12:30" <= logs["best"] < "15:30"
    assert logs["busy"] < 1 and logs["busy_now"] == pytest.approx(2)
    assert "less load than at 02:00" in logs["reason"] and "a guess" in logs["reason"]
    # Not all at once.
    assert logs["best"] != rows_["best"]
    assert set(tasks) > {"cleanup_expired_rows", "cleanup_old_security_alerts"}
    assert len([row for row in rows if row["kind"] == "hour"]) == 7 * 24


def test_an_hour_is_within_the_windows_and_long_enough(sampled, cli):
    assert cli("windows", "add", "nights", "--opens", "01:00", "--closes", "05:00").returncode == 0
    sampled.execute(
        "insert into public.maintenance_task_runs (task_name, status, started_at, finished_at) "
        "select 'cleanup_old_audit_logs', 'completed', now() - n * interval '1 day', "
        "now() - n * interval '1 day' + interval '5 hours' from generate_series(1, 5) as n"
    )
    tasks = {row["task"]: row for row in cli.json("hours") if row["kind"] == "task"}
    logs, rows = tasks["cleanup_old_audit_logs"], tasks["cleanup_expired_rows"]
    assert logs["best"] is None and "5 h" in logs["reason"] and logs["runs"] == 5
    assert "01:00" <= rows["best"] < "05:00"


def test_without_samples_it_says_so(superuser, cli):
    assert "Too few samples: 0 days" in cli("hours").stdout
    assert cli.json("hours") == []
