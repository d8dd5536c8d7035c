"""When crons are due: held against Dagster's scheduler, whose reckoning is not public."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from dagster._utils.schedules import (
    cron_string_iterator,
    is_valid_cron_string,
    reverse_cron_string_iterator,
)

from maint_pipeline.errors import UsageError
from maint_pipeline.ops import all_tasks
from maint_pipeline.schedules.crons import coming_ticks, next_tick, past_ticks
from tests.seeds import spread

CRONS = (
    "* * * * *", "0 * * * *", "*/15 * * * *", "7,37 * * * *", "10 8-18 * * *", "0 */2 * * *",
    "30 2 * * *", "0 2,3 * * *", "0 0 * * *", "15 1 * * *", "59 23 * * *", "0 3 * * 0", "0 3 * * 7",
    "0 5 * * 6", "0 7 * * mon-fri", "0 7 * * MON", "20 4 * * 1,3", "0 2 1 * *", "30 2 31 * *",
    "0 2 1 jan,jul *", "0 4 13 * 5", "0 4 1-7 * 1", "5/20 3 * * *", "0 9-17/4 * * *",
    "0 2 L * *", "0 2 * * 1#1", "0 2 * * fri#3", "0 2 * * L5", "0 0 */10 * *",
    "@daily", "@hourly", "@weekly", "@monthly", "@yearly",
)  # fmt: skip
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
STARTS = (
    datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 22, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 3, tzinfo=UTC), datetime(2026, 4, 4, 11, tzinfo=UTC),
    datetime(2026, 3, 8, 6, 59, 59, 999, tzinfo=UTC),
)  # fmt: skip

OURS = {task.cron for task in all_tasks().values() if task.cron}


@pytest.mark.parametrize("cron", spread(sorted({*CRONS, *OURS}), 10))
def test_ticks_are_those_of_dagsters_scheduler(cron):
    number = 100 if cron == "* * * * *" else 6
    for zone in ZONES:
        for start in STARTS:
            theirs = islice(cron_string_iterator(start.timestamp(), cron, zone), number)
            ours = islice(coming_ticks(cron, zone, start), number)
            assert list(ours) == [t.astimezone(UTC) for t in theirs], (zone, start)
            theirs = islice(reverse_cron_string_iterator(start.timestamp(), cron, zone), number)
            ours = islice(past_ticks(cron, zone, start), number)
            assert list(ours) == [t.astimezone(UTC) for t in theirs], (zone, start)


def test_a_tick_at_the_moment_itself_counts():
    midnight = datetime(2026, 1, 1, tzinfo=UTC)
    assert next_tick("0 0 * * *", "UTC", midnight) == midnight
    assert next(past_ticks("0 0 * * *", "UTC", midnight)) == midnight
    later = midnight + timedelta(microseconds=1)
    assert next_tick("0 0 * * *", "UTC", later) == midnight + timedelta(days=1)


@pytest.mark.parametrize(
    "cron", ["", "0 2 * *", "60 * * * *", "0 24 * * *", "a b c d e", "0 2 0 * *", "*/0 * * * *",
             "0 2 * * 8", "0 2 * 13 *", "-1 * * * *", "0 0 0 0 0", "0 2 30 2 *", "0 2 , * *"],
)  # fmt: skip
def test_what_can_not_be_read_is_said(cron):
    assert not is_valid_cron_string(cron)
    with pytest.raises(UsageError, match="The cron"):
        next_tick(cron, "UTC", datetime(2026, 1, 1, tzinfo=UTC))
