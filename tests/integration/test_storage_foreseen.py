"""What follows from forecasts: alerts on three days running, the report, metrics."""

from datetime import timedelta

import numpy as np
import pytest

from maint_pipeline.reports.figures import collect
from maint_pipeline.storage.foreseen import foresee
from maint_pipeline.storage.outlook import outlook
from tests.sizes import TODAY, put_other, put_table
from tests.smtp import mail_server

GB = 1024**3
ALERTS = "select * from maint.known_alerts() where alert_type = %s and resolved is not true"


def grown(rates: list[float], seed: int = 3) -> list[float]:
    chance = np.random.default_rng(seed)
    return list(100 * GB + np.cumsum(np.array(rates) * np.exp(chance.normal(0, 0.2, len(rates)))))


def forget_days(superuser, days: int) -> None:
    """Put everything a few days into the past, as if nothing had been measured since."""
    for table in ("storage_days", "storage_others", "storage_sizes", "storage_forecasts"):
        # Days are part of keys: far away first, and then to where they belong.
        superuser.execute(f"update maint.{table} set day = day + 10000")
        superuser.execute(f"update maint.{table} set day = day - 10000 - %s", [days])


def look(superuser, owner, disk_gb: int, days_ago: int = 0) -> dict:
    """Look ahead as on a day: of what was measured later nothing is there yet."""
    superuser.execute("update maint.storage_plan set disk_bytes = %s", [disk_gb * GB])
    superuser.execute("delete from maint.storage_days where day >= %s", [TODAY - timedelta(5)])
    superuser.execute(
        "insert into maint.storage_days (day, taken_at, relations) values (%s, now(), 1)",
        [TODAY - timedelta(days_ago)],
    )
    return foresee(owner, outlook(owner))


def test_a_disk_that_fills_within_30_days_on_three_days_running(superuser, owner):
    put_other(superuser, "database", "app", grown([GB] * 100))
    raised = [look(superuser, owner, 220, ago)["disk_full_soon"]["created"] for ago in (2, 1, 0)]
    assert raised == [0, 0, 1]
    (alert,) = superuser.execute(ALERTS, ["disk_full_soon"]).fetchall()
    assert alert["severity"] == "high" and "The disk may be full on" in alert["title"]
    assert "220 GB" in alert["description"]
    # Somebody enlarges it.
    assert look(superuser, owner, 900)["disk_full_soon"]["resolved"] == 1


def test_a_disk_of_unknown_size_raises_nothing(superuser, owner):
    put_other(superuser, "database", "app", grown([GB] * 100))
    raised = foresee(owner, outlook(owner))
    assert raised["disk_full_soon"] == {"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}
    (row,) = superuser.execute("select * from maint.storage_forecasts").fetchall()
    assert row["disk_bytes"] is None and row["full_early"] is None


@pytest.fixture
def faster(superuser):
    """A table that has grown by 3 GB a day for 22 days, most of it its indexes, and by 1 before."""
    put_other(superuser, "database", "app", grown([GB] * 160))
    superuser.execute("create table public.fast (id integer); create table public.even ()")
    put_table(superuser, "fast", grown([GB] * 138 + [3 * GB] * 22))
    put_table(superuser, "even", grown([GB] * 160, seed=4))
    superuser.execute(
        "update maint.storage_sizes "
        "set index_bytes = greatest(0, day - %(since)s::date) * 2 * %(gb)s::bigint, "
        "heap_bytes = heap_bytes - greatest(0, day - %(since)s::date) * 2 * %(gb)s::bigint, "
        "live_rows = 1000 * (day - %(since)s::date + 200) "
        "where relation_id = (select id from maint.storage_relations where relation_name = 'fast')",
        {"since": TODAY - timedelta(days=22), "gb": GB},
    )
    return superuser


def test_a_table_that_grows_at_another_rate_says_since_when_and_what(faster, owner):
    for days_ago in (2, 1, 0):
        look(faster, owner, 900, days_ago)
    (alert,) = faster.execute(ALERTS, ["growth_changed"]).fetchall()
    assert alert["severity"] == "medium" and "public.fast grows faster since" in alert["title"]
    assert "Most of that are its indexes: 2,0" in alert["description"]
    assert "Rows a day: 1,000 before, 1,000 now" in alert["description"]
    # It is no news any more.
    faster.execute("update maint.storage_forecasts set changed_on = changed_on - 40")
    assert look(faster, owner, 900)["growth_changed"]["resolved"] == 1


def test_the_report_and_metrics_have_the_disk_and_what_grows_most(faster, owner, cli):
    look(faster, owner, 300)
    figures = collect(owner, 7, "UTC")
    assert [row["relation_name"] for row in figures.storage] == ["", "fast", "even"]
    assert len(figures.disk_days) == 160
    with mail_server() as mailbox:
        cli.with_variables(MAINT_NOTIFY_URLS=mailbox.url()).json("run", "send_weekly_report")
    text, page = mailbox.mails[0].iter_parts()
    assert "The disk of 300 GB is full on" in text.get_content()
    assert "public.fast: " in text.get_content()
    html, *pictures = page.iter_parts()
    shown = {picture["Content-ID"]: picture.get_content() for picture in pictures}
    assert shown["<storage>"].startswith(b"\x89PNG") and "cid:storage" in html.get_content()
    metrics = cli("metrics").stdout
    assert 'maint_disk_full_timestamp_seconds{end="early"}' in metrics
    assert 'maint_table_growth_bytes_per_day{table="public.fast"}' in metrics
    # What is old is not shown as if it were of today.
    forget_days(faster, 5)
    assert "maint_disk_used_bytes" not in cli("metrics").stdout


def test_the_task_raises_them(faster, cli):
    (run,) = cli.json("run", "record_storage")
    assert run["status"] == "completed" and run["details"]["bytes_on_disk"] > 0
    assert run["details"]["alerts_created"] == 0 and run["details"]["bytes_a_day"] != 0
