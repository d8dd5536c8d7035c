"""When the databases of a fleet are due, and how they are put into runs."""

from datetime import UTC, datetime, timedelta

import pytest

from maint_pipeline.fleet.calendar import calendar
from maint_pipeline.ops import all_tasks
from maint_pipeline.registry.databases import Database
from maint_pipeline.registry.entries import Written
from maint_pipeline.schedules.crons import past_ticks
from maint_pipeline.schedules.ranges import SHARD, delay, due_ranges, own_tasks
from maint_pipeline.settings import Settings

HOURLY, NIGHTLY = "run_automated_security_checks", "cleanup_old_audit_logs"
TASKS = [all_tasks()[HOURLY], all_tasks()[NIGHTLY]]
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def databases(count: int, **entries: dict) -> dict[str, Database]:
    found = {}
    for number in range(count):
        name = f"d{number}"
        entry = Written(name=name, url="postgresql://a@b/c", **entries.get(name, {}))
        found[name] = Database(name, entry)
    return found


def due(fleet, since: datetime, until: datetime, tasks=TASKS):
    ranges, problems = due_ranges(list(fleet), fleet, tasks, Settings(), (since, until))
    assert problems == []
    return [(one.task, one.databases[0], len(one.databases), one.at) for one in ranges]


def test_a_shard_is_a_run_and_the_next_one_begins_later_in_the_hour():
    fleet = databases(2 * SHARD + 10)
    minute = timedelta(minutes=1)
    found = due(fleet, NOON - minute, NOON + timedelta(minutes=58))
    starts = [NOON + delay(position) for position in (0, SHARD, 2 * SHARD)]
    assert starts == [NOON, NOON + 37 * minute, NOON + 14 * minute]
    assert found == [
        (HOURLY, "d0", 50, starts[0]), (HOURLY, "d50", 50, starts[1]),
        (HOURLY, "d100", 10, starts[2]),
    ]  # fmt: skip
    assert due(fleet, NOON, NOON + minute) == []


def test_after_a_day_of_rest_each_is_due_once():
    found = due(databases(3), NOON - timedelta(days=1), NOON)
    assert found == [(HOURLY, "d0", 3, NOON), (NIGHTLY, "d0", 3, NOON.replace(hour=2))]


def test_what_the_registry_says_is_kept_to_the_minute_and_splits_a_range():
    fleet = databases(
        4, d1={"schedules": {HOURLY: "30 * * * *"}}, d2={"schedules": {HOURLY: False}}
    )
    assert due(fleet, NOON - timedelta(minutes=1), NOON) == [
        (HOURLY, "d0", 1, NOON), (HOURLY, "d3", 1, NOON)
    ]  # fmt: skip
    half = NOON + timedelta(minutes=30)
    assert due(fleet, NOON, half) == [(HOURLY, "d1", 1, half)]


def test_a_time_zone_of_its_own_moves_a_nightly_task():
    fleet = databases(2, d1={"settings": {"timezone": "Asia/Tokyo"}})
    tokyo = datetime(2026, 11, 27, 17, tzinfo=UTC)  # 2 o'clock there
    found = due(fleet, tokyo - timedelta(minutes=1), tokyo, TASKS[1:])
    assert found == [(NIGHTLY, "d1", 1, tokyo)]


def test_a_cron_that_cannot_be_read_costs_that_database():
    fleet = databases(2, d1={"schedules": {HOURLY: "99 * * * *"}})
    ranges, problems = due_ranges(
        list(fleet), fleet, TASKS[:1], Settings(), (NOON - timedelta(minutes=1), NOON)
    )
    assert [one.databases for one in ranges] == [("d0",)]
    assert len(problems) == 1 and problems[0].startswith("d1: The cron 99 * * * *")


def test_a_database_of_which_nothing_is_known_runs_and_its_run_says_why():
    ranges, _ = due_ranges(["gone"], {}, TASKS[:1], Settings(), (NOON - timedelta(minutes=1), NOON))
    assert [one.databases for one in ranges] == [("gone",)]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_the_calendar_has_what_dagster_says_and_is_kept(tmp_path, zone):
    made = calendar(tmp_path, {("", zone), ("*/7 * * * *", zone)})
    kept = calendar(tmp_path, {("", zone), ("*/7 * * * *", zone)})
    assert kept.ticks == made.ticks
    now = datetime.now(UTC)
    for cron in ("*/7 * * * *", *(task.cron for task in made.tasks if task.cron)):
        assert next(kept.past_ticks(cron, zone, now)) == next(past_ticks(cron, zone, now))
    names = [(t.name, t.cron, t.heavy, t.needs) for t in all_tasks().values()]
    assert [(t.name, t.cron, t.heavy, t.needs) for t in kept.tasks] == names
    assert next(task.spread for task in own_tasks(None, kept.tasks)) > timedelta(0)
    # Another time zone, or other crons, and it is made again.
    assert ("0 * * * *", "Asia/Tokyo") in calendar(tmp_path, {("", "Asia/Tokyo")}).ticks
