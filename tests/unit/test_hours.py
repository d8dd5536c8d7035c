"""Learned hours: samples out of readings, days out of samples, a week out of days, a start."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from benchmarks.hours import score
from maint_pipeline.hours.choice import choose, waits
from maint_pipeline.hours.days import as_days
from maint_pipeline.hours.profile import QUARTERS, foresee_day, foresee_week
from maint_pipeline.hours.samples import Gathering, Reading

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def readings(every: int, own: float = 0.0, busy: float = 1.0, start=NOON, count: int = 100):
    for number in range(count):
        passed = number * every
        yield Reading(start + timedelta(seconds=passed), busy * passed, own)


def samples(given):
    gathering = Gathering()
    return [sample for reading in given if (sample := gathering.add(reading))]


def test_a_quarter_is_what_was_counted_less_our_own():
    first, *_ = samples(readings(30, own=0.5, busy=2.0))
    assert first.at == NOON and first.seconds == 900
    assert first.active_seconds == 1800 and first.own_seconds == 450


def test_no_sample_of_a_part_of_a_gap_or_of_statistics_that_were_reset():
    late = samples(readings(30, start=NOON + timedelta(minutes=8)))
    assert late[0].at == NOON + timedelta(minutes=15)  # the first was seen for 7 minutes
    assert samples(readings(3600)) == []
    given = list(readings(30))
    for number in range(20, 100):
        given[number] = Reading(given[number].at, given[number].active - 600, 0.0)
    assert samples(given)[0].at == NOON + timedelta(minutes=15)


def test_days_are_local_and_today_is_none():
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 30, 12, tzinfo=UTC)
    begin = datetime(2026, 3, 28, tzinfo=zone).astimezone(UTC)
    given = [(begin + timedelta(minutes=15 * n), float(n)) for n in range(300)]
    days, weekdays = as_days(given, "Europe/Berlin", now)
    assert days.shape == (2, QUARTERS) and list(weekdays) == [5, 6]
    # The clock goes from 02:00 to 03:00 on the 29th.
    assert np.isnan(days[1, 8:12]).all() and not np.isnan(days[1, 12:]).any()
    assert days[1, 12] == 96 + 8
    empty, none = as_days([], "UTC", now)
    assert len(empty) == len(none) == 0


def weeks(count: int, chance=None) -> tuple[np.ndarray, np.ndarray]:
    """Working days are busy from 8 to 18, Saturdays from 2 to 3."""
    weekdays = np.arange(7 * count) % 7
    load = np.full((7 * count, QUARTERS), 0.1)
    load[weekdays < 5, 32:72] = 3.0
    load[weekdays == 5, 8:12] = 2.0
    if chance is not None:
        load = load * np.exp(chance.normal(0, 0.2, load.shape))
    return load, weekdays


def test_a_week_is_foreseen_as_it_was():
    load, weekdays = weeks(6, np.random.default_rng(1))
    week = foresee_week(load, weekdays)
    assert week.weekdays == (0, 1, 2, 3, 4, 5, 6) and week.days == 42
    assert week.load[0, 50] == pytest.approx(3.0, rel=0.3) and week.load[6, 50] < 0.2
    # Of a Saturday more is known from Saturdays than from Sundays.
    assert week.load[5, 10] > 0.4 and week.load[6, 10] < 0.4


def test_less_than_14_days_are_no_week_and_one_busy_day_is_no_habit():
    load, weekdays = weeks(2)
    assert foresee_week(load[:13], weekdays[:13]) is None
    assert foresee_week(load, weekdays) is not None
    usual = foresee_day(load, weekdays, 0)[20]
    load[13] = 50.0
    assert foresee_day(load, weekdays, 0)[20] < 3 * usual


def test_a_start_moves_only_if_that_is_clearly_better_and_never_outside():
    day = np.full(2 * QUARTERS, 1.0)
    day[20:24] = 0.9
    assert choose(day, range(QUARTERS), 4, former=8).start == 8
    day[20:24] = 0.2
    moved = choose(day, range(QUARTERS), 4, former=8)
    assert (moved.start, moved.moved, moved.kept) == (20, True, 1.0)
    assert choose(day, range(30, 40), 4, former=8).start in range(30, 40)
    assert choose(day, [], 4, former=8) is None
    # Nobody notices either.
    assert choose(day / 100, range(QUARTERS), 4, former=8).start == 8


def test_a_start_waits_while_it_is_busier_than_foreseen_but_not_past_its_end():
    assert waits(3.0, 1.0, quarter=10, latest=12)
    assert not waits(1.5, 1.0, quarter=10, latest=12)
    assert not waits(3.0, 1.0, quarter=12, latest=12)


@pytest.mark.parametrize("number", range(3))
def test_learned_hours_beat_a_fixed_one(number):
    result = score(np.random.default_rng([77, number]))
    assert result.outside == result.late == 0
    assert result.waiting <= 1.3 * result.knowing
