"""Maintenance windows around midnight, weekdays and changes of the clock."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maint_pipeline.task_runs.windows import Window, closing, is_open, next_opening

EVERY_DAY = frozenset(range(1, 8))


def window(opens: str, closes: str, *, days=EVERY_DAY, time_zone="UTC", tasks=()) -> Window:
    return Window(
        name="night",
        days=frozenset(days),
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
        time_zone=time_zone,
        tasks=frozenset(tasks),
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_opens_and_closes_on_the_minute():
    night = [window("02:00", "04:00")]
    assert not is_open(night, utc("2026-03-02 01:59:59"))
    assert is_open(night, utc("2026-03-02 02:00:00"))
    assert is_open(night, utc("2026-03-02 03:59:59"))
    assert not is_open(night, utc("2026-03-02 04:00:00"))


def test_runs_past_midnight_into_a_day_that_is_not_its_own():
    saturday_night = [window("22:00", "05:00", days={6})]
    assert is_open(saturday_night, utc("2026-03-08 04:59"))  # Sunday morning
    assert not is_open(saturday_night, utc("2026-03-08 22:30"))


def test_next_opening_skips_other_weekdays():
    sunday = [window("03:00", "05:00", days={7})]
    assert next_opening(sunday, utc("2026-03-02 12:00")) == utc("2026-03-08 03:00")


def test_without_windows_there_is_no_next_opening():
    assert next_opening([], utc("2026-03-02 12:00")) is None


def test_spring_forward_window_is_an_hour_shorter():
    # In Berlin 02:00 to 03:00 doesn't exist on 2026-03-29; 01:00 to 04:00 lasts two hours.
    berlin = window("01:00", "04:00", time_zone="Europe/Berlin")
    opens, closes = berlin.span(datetime(2026, 3, 29).date())
    assert closes - opens == timedelta(hours=2)


def test_window_in_the_missing_hour_still_closes():
    berlin = [window("02:00", "03:00", time_zone="Europe/Berlin")]
    assert next_opening(berlin, utc("2026-03-28 12:00")) == utc("2026-03-29 01:00")


def test_autumn_window_is_an_hour_longer():
    berlin = window("01:00", "04:00", time_zone="Europe/Berlin")
    opens, closes = berlin.span(datetime(2026, 10, 25).date())
    assert closes - opens == timedelta(hours=4)


def test_binds_named_tasks_or_all_heavy_ones():
    assert window("02:00", "04:00").binds("anything", heavy=True)
    assert not window("02:00", "04:00").binds("anything", heavy=False)
    assert window("02:00", "04:00", tasks={"a"}).binds("a", heavy=False)
    assert not window("02:00", "04:00", tasks={"a"}).binds("b", heavy=True)


@given(
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    opens=st.times(),
    closes=st.times(),
    days=st.sets(st.integers(1, 7), min_size=1),
    time_zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia"]),
)
def test_a_closed_window_opens_within_eight_days_and_is_closed_until_then(
    moment, opens, closes, days, time_zone
):
    if opens == closes:
        return
    windows = [
        Window("w", frozenset(days), opens, closes, time_zone, frozenset()),
    ]
    at = moment.replace(tzinfo=UTC)
    opening = next_opening(windows, at)
    assert opening is not None
    assert timedelta(0) < opening - at < timedelta(days=8, hours=2)
    if not is_open(windows, at):
        assert not is_open(windows, at + (opening - at) / 2)


def test_closing_is_the_end_of_all_that_follows_on_one_another():
    windows = [window("22:00", "23:00"), window("22:30", "02:00"), window("02:00", "03:00")]
    assert closing(windows, utc("2026-03-02 22:15")) == utc("2026-03-03 03:00")
    assert closing(windows, utc("2026-03-02 12:00")) is None
    assert closing([], utc("2026-03-02 12:00")) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_a_window_is_open_until_it_closes(naive):
    moment = naive.replace(tzinfo=UTC)
    night = [window("22:00", "05:00", time_zone="Europe/Berlin")]
    end = closing(night, moment)
    assert (end is not None) == is_open(night, moment)
    if end is not None:
        assert moment < end <= moment + timedelta(hours=8)
        assert not is_open(night, end)
