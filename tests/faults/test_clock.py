"""Clocks that change twice a year, that jump, and that don't agree."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dagster import build_schedule_context

from maint_pipeline.alerts.outbox import due_notifications, register_channels, waiting_channels
from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database import clock
from maint_pipeline.definitions import maintenance_definitions
from maint_pipeline.ops import all_tasks
from maint_pipeline.resources import Maintenance
from maint_pipeline.retention.preconditions import ClockError
from maint_pipeline.retention.purge import Purge
from maint_pipeline.schedules import schedules
from maint_pipeline.schedules.crons import coming_ticks
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.settings import Settings
from tests.application import CREATE_OLD_ROWS, count
from tests.resources import RESOURCES

DAILY, HOURLY = "cleanup_old_audit_logs", "run_automated_security_checks"
BERLIN = "Europe/Berlin"
CHANGES = {"spring": date(2026, 3, 29), "autumn": date(2026, 10, 25)}


@pytest.fixture(params=CHANGES)
def days(request) -> list[date]:
    """The day on which Berlin changes its clocks, with a day before and two after it."""
    return [CHANGES[request.param] + timedelta(days=n) for n in (-1, 0, 1, 2)]


def ticks(task: str, days: list[date]) -> list[datetime]:
    """All ticks of a task in those days of Berlin, as Dagster's scheduler reckons them."""
    begin = datetime.combine(days[0], datetime.min.time(), ZoneInfo(BERLIN)).astimezone(UTC)
    end = datetime.combine(days[-1], datetime.min.time(), ZoneInfo(BERLIN)).astimezone(UTC)
    found = []
    for tick in coming_ticks(all_tasks()[task].cron, BERLIN, begin):
        if tick >= end:
            return found
        found.append(tick)
    return found


class At(datetime):
    """A clock that stands."""

    moment: datetime

    @classmethod
    def now(cls, tz=None):
        return cls.moment.astimezone(tz)


@pytest.fixture
def evaluate(database, monkeypatch):
    """Evaluates a task's schedule at a tick, as the daemon does."""
    monkeypatch.setenv("MAINT_DATABASE_URL", database)
    monkeypatch.setattr(schedules, "datetime", At)
    berlin = maintenance_definitions(Maintenance(database_url=database, timezone=BERLIN))

    def evaluate(task: str, tick: datetime):
        At.moment = tick + timedelta(seconds=2)
        context = build_schedule_context(scheduled_execution_time=tick, resources=RESOURCES)
        return berlin.get_schedule_def(f"{task}_schedule").evaluate_tick(context)

    return evaluate


def test_a_daily_task_runs_once_a_day_within_its_window(days, evaluate, superuser):
    superuser.execute(
        "insert into maint.maintenance_windows (name, opens, closes, time_zone) "
        "values ('night', '02:00', '04:00', %s)",
        [BERLIN],
    )
    runs = []
    for tick in ticks(DAILY, days):
        (run,) = evaluate(DAILY, tick).run_requests
        closes = datetime.fromisoformat(run.tags["maint/window_closes"])
        assert tick < closes <= tick + timedelta(hours=3)
        runs.append(tick.astimezone(ZoneInfo(BERLIN)).date())
    assert runs == days[:-1]


@pytest.mark.full
def test_an_hourly_task_runs_once_an_hour(days, evaluate):
    hours = ticks(HOURLY, days)
    assert all(len(evaluate(HOURLY, tick).run_requests) == 1 for tick in hours)
    assert {later - tick for tick, later in pairwise(hours)} == {timedelta(hours=1)}
    assert len(hours) == 72 + (1 if days[1] == CHANGES["autumn"] else -1)


def complete(superuser, task: str, at: datetime) -> None:
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, started_at, finished_at, status) "
        "values (%s, %s, %s, 'completed')",
        [task, at, at + timedelta(seconds=3)],
    )


def missed(owner, task: str, now: datetime) -> list[datetime]:
    found = missed_runs(owner, [all_tasks()[task]], Settings(timezone=BERLIN), now)
    return [run.due_at for run in found]


def test_no_run_is_missed_that_ran_and_one_that_did_not_is(days, superuser, owner):
    superuser.execute("update maint.installation set installed_at = '2026-01-01'")
    for tick in ticks(DAILY, days):
        late = tick + timedelta(hours=1, minutes=1)
        assert missed(owner, DAILY, late) == [tick]
        complete(superuser, DAILY, tick)
        assert missed(owner, DAILY, late) == []


def test_a_run_of_a_clock_that_was_ahead_hides_nothing(superuser, owner):
    superuser.execute("update maint.installation set installed_at = '2026-01-01'")
    ahead = datetime.now(UTC) + timedelta(days=300)
    complete(superuser, DAILY, ahead)
    assert missed(owner, DAILY, datetime.now(UTC))
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, finished_at, status, error_message) "
        "values (%s, now(), 'failed', 'no')",
        [DAILY],
    )
    assert sync_failed_tasks(owner, [DAILY])["created"] == 1


def test_what_a_clock_wrote_that_was_ahead_is_told_all_the_same(superuser, owner):
    register_channels(owner, ["ops"], "low")
    finding = {"name": "check", "title": "T", "severity": "high", "fingerprint": "check:a"}
    owner.execute("select maint.sync_alerts('check', %s::jsonb)", [json.dumps([finding])])
    superuser.execute(
        "update maint.notifications set created_at = now() + interval '300 days', "
        "due_at = now() + interval '300 days'"
    )
    assert waiting_channels(owner, ["ops"]) == ["ops"]
    assert len(due_notifications(owner, "ops")) == 1


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400)])
def test_nothing_is_deleted_while_the_clocks_disagree(superuser, owner, monkeypatch, jump):
    """The server's clock can't be set here: this machine's goes the other way."""
    superuser.execute(CREATE_OLD_ROWS)
    At.moment = datetime.now(UTC) + jump
    monkeypatch.setattr(clock, "datetime", At)
    with pytest.raises(ClockError, match="NTP"):
        Purge(DAILY).run(owner)
    assert count(superuser) == 300
    monkeypatch.undo()
    assert Purge(DAILY, duty=1).run(owner)["deleted_count"] == 300
