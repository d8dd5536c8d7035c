"""maint storage: what it says of tables and the disk, by a history that is written down."""

from contextlib import closing
from datetime import date, timedelta

import numpy as np
import psycopg
import pytest

from maint_pipeline.errors import UsageError
from maint_pipeline.storage.expiry import read_what_if
from maint_pipeline.storage.history import read_history
from maint_pipeline.storage.outlook import outlook
from tests.application import CREATE_PROFILE
from tests.sizes import TODAY, put_other, put_table

GB = 1024**3


def growth(days: int, begin: float, a_day: float, seed: int = 3) -> list[float]:
    chance = np.random.default_rng(seed)
    return list(begin + np.cumsum(a_day * np.exp(chance.normal(0, 0.2, days))))


@pytest.fixture
def application(superuser):
    """An audit log that grows by 1 GB a day, two thirds of it past its policy's 90 days."""
    superuser.execute(CREATE_PROFILE)
    superuser.execute("""
        insert into public.audit_logs (entity, action, user_id, time)
        select 'invoice', 'read', id, now() - make_interval(hours => n)
        from public.profiles, generate_series(1, 24 * 270) as n
    """)
    superuser.execute("analyze public.audit_logs")
    put_table(superuser, "audit_logs", growth(180, 90 * GB, GB))
    put_table(superuser, "orgs", [8192] * 180)
    put_other(superuser, "database", "app", growth(180, 100 * GB, GB))
    put_other(superuser, "wal", "", [None] * 100 + [GB] * 80)
    return superuser


def table_of(found, name):
    (one,) = [table for table in found.tables if table.table == name]
    return one


def test_a_table_is_forecast_and_levels_off_at_rate_times_retention(application, owner):
    found = outlook(owner, 30, "rds-gp3")
    log = table_of(found, "audit_logs")
    assert log.method == "full" and log.policy == "cleanup_old_audit_logs"
    assert log.low_bytes < log.bytes + 30 * GB < log.high_bytes
    assert log.high_bytes - log.low_bytes < 20 * GB
    assert log.bytes_per_day == pytest.approx(GB, rel=0.1)
    assert log.past_bytes / log.bytes == pytest.approx(2 / 3, abs=0.02)
    assert log.level_bytes == pytest.approx(91 * GB, rel=0.15)
    assert log.month_cost == pytest.approx(0.115 * log.bytes / GB)
    still = table_of(found, "orgs")
    assert (still.low_bytes, still.high_bytes) == (8192, 8192) and still.level_bytes is None


def test_the_disk_is_full_on_a_day_and_a_step_is_avoided(application, owner, cli):
    used = outlook(owner).disk.bytes
    disk = used + 50 * GB
    answer = cli("storage", "set", "--disk", f"{disk // GB} GB", "--price", "supabase")
    assert answer.returncode == 0, answer.stderr
    found = outlook(owner).disk
    full = found.full
    assert full.early <= TODAY + timedelta(days=50) <= full.late
    assert full.late - full.early < timedelta(days=40)
    # The log is larger than where it levels off: its file grows no more, and nothing else does.
    assert found.kept_full.likely is None
    assert found.step.on.likely < full.likely and found.step.kept_on.likely is None
    assert found.step.to_bytes == pytest.approx(1.5 * found.step.from_bytes, rel=0.01)
    assert found.step.month_cost == pytest.approx(
        0.125 * (found.step.to_bytes - found.step.from_bytes) / GB
    )
    text = cli("storage").stdout
    assert f"full on {full.likely} (80 %: {full.early} to {full.late})" in text
    assert "if tables level off as below: not within a year" in text
    assert "deleting rows saves nothing this month" in text


def test_what_if_rows_were_kept_for_less_time(application, owner, cli):
    thirty = outlook(owner, what_if=read_what_if(owner, ["audit_logs=30d"]))
    log = table_of(thirty, "audit_logs")
    assert log.policy is None and log.keep_days == 30
    assert log.past_bytes / log.bytes == pytest.approx(8 / 9, abs=0.02)
    assert log.level_bytes == pytest.approx(31 * GB, rel=0.15)
    disk, *tables = cli.json("storage", "--what-if", "orgs=1 year", "--price", "neon")
    assert disk["kind"] == "disk" and disk["price"]["name"] == "neon" and disk["full"] is None
    assert [row["keep_days"] for row in tables if row["table"] == "orgs"] == [365.25]
    for wrong in ("audit_logs", "audit_logs=soon", "audit_logs=1 hour", "=90d"):
        with pytest.raises(UsageError, match="TABLE=90d"):
            read_what_if(owner, [wrong])
    for wrong, words in (("nowhere=9d", "no table public.nowhere"), ("odd=9d", "no column")):
        application.execute("create table if not exists public.odd (id integer)")
        with pytest.raises(UsageError, match=words):
            outlook(owner, what_if=read_what_if(owner, [wrong]))
    with pytest.raises(UsageError, match="There are neon, rds-gp3"):
        outlook(owner, price_name="gold")


def test_a_young_table_says_so_and_nothing_at_all_says_what_to_do(superuser, owner, cli):
    answer = cli("storage")
    assert answer.returncode == 0 and "maint run record_storage" in answer.stdout
    assert cli.json("storage") == []
    put_table(superuser, "orgs", growth(9, GB, GB))
    put_other(superuser, "database", "app", growth(9, GB, GB))
    (orgs,) = outlook(owner).tables
    assert orgs.method == "too young" and orgs.low_bytes is None and orgs.bytes_per_day is None
    text = " ".join(cli("storage").stdout.split())
    assert "too young for a forecast: 9 of 28 days" in text
    assert "Too young for a forecast: 9 of 28 days." in text


def test_partitions_are_one_table_and_days_without_a_size_are_filled(superuser, owner):
    superuser.execute("""
        create table public.whole (at date) partition by range (at);
        create table public.part partition of public.whole default;
        create table public.locked (id integer);
    """)
    put_table(superuser, "part", [10, 20, 30, 40], root="whole")
    # Dropped two days ago.
    put_table(superuser, "old", [500, 500], "whole", TODAY - timedelta(days=2))
    put_table(superuser, "locked", [1, None, 3, None])
    put_table(superuser, "dropped", [7, 7], last=TODAY - timedelta(days=2))
    put_other(superuser, "database", "dropped", [5, 5])
    history = read_history(owner)
    found = {one.name: list(one.bytes[-4:]) for one in history.tables}
    assert found == {"whole": [510, 520, 30, 40], "locked": [1, 2, 3, 3]}
    assert history.last == TODAY


def test_wal_was_there_before_somebody_could_look(application, owner):
    history = read_history(owner)
    assert outlook(owner).disk.bytes == int(history.of("database")[0].now + GB)
    application.execute("update maint.storage_others set bytes = null where day = %s and kind = %s",
                        [TODAY, "wal"])  # fmt: skip
    found = outlook(owner).disk
    assert found.unseen == ("wal",) and found.bytes > history.of("database")[0].now


def test_a_column_that_may_not_be_read_is_unknown_and_not_0(application, owner):
    application.execute("create table public.closed (created_at timestamptz)")
    application.execute("insert into public.closed select now() from generate_series(1, 10)")
    application.execute("analyze public.closed")
    put_table(application, "closed", [8192] * 60)
    found = outlook(owner, what_if=read_what_if(owner, ["closed=30d"]))
    closed = table_of(found, "closed")
    assert closed.past_bytes is None and "not known" in closed.note


def test_what_is_set_is_kept_with_who_set_it_and_nonsense_is_refused(superuser, cli):
    assert cli("storage", "set", "--disk", "80 GB", "--price", "rds-gp3").returncode == 0
    assert cli("storage", "set", "--price", "none", "--pitr-days", "7").returncode == 0
    (plan,) = superuser.execute("select * from maint.storage_plan").fetchall()
    assert plan["disk_bytes"] == 80 * GB and plan["price_name"] is None and plan["pitr_days"] == 7
    assert [row["object"] for row in cli.json("changes")] == ["disk", "disk"]
    for arguments, words in (
        (["--disk", "much"], "'500 GB'"),
        (["--disk", "-1"], "more than 0"),
        (["--price", "gold"], "There are neon"),
        (["--pitr-days", "x"], "number of days"),
        ([], "what to set"),
    ):
        answer = cli("storage", "set", *arguments)
        assert answer.returncode == 2 and words in answer.stderr, answer.stderr


def test_prices_have_dates_and_are_for_administrators_to_correct(superuser, cli, database):
    rows = cli.json("storage", "prices")
    assert {row["name"] for row in rows} >= {"rds-gp3", "supabase", "neon"}
    assert all(date.fromisoformat(row["as_of"]) and row["source"] for row in rows)
    superuser.execute("update maint.storage_prices set unit_price = 0.2 where name = 'rds-gp3'")
    (rds,) = [row for row in cli.json("storage", "prices") if row["name"] == "rds-gp3"]
    assert rds["unit_price"] == 0.2
    with closing(psycopg.connect(database, autocommit=True)) as other:
        other.execute("set role authenticated")
        for table in ("storage_prices", "storage_plan"):
            assert other.execute(f"select from maint.{table}").rowcount == 0
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                other.execute(f"delete from maint.{table}")
