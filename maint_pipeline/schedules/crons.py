"""When crons are due, by the rules of Dagster's scheduler (docs/decisions/0017).

Dagster's own reckoning is not public. tests/unit/test_crons.py holds this one against it: a time
that a change of the clock leaves out counts at the end of the gap, one that comes twice counts the
second time; what repeats every hour leaves out the one and counts the other twice.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from maint_pipeline.errors import UsageError

MOST_DAYS_BETWEEN = 3000
"""Between the 29th of February of 2096 and the next one lie 2,921 days."""

_SHORT = {
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}  # fmt: skip
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_FIELDS = 5
_LAST = "l"


def next_tick(cron: str, time_zone: str, now: datetime) -> datetime:
    """Give the next moment at which a cron is due, which may be now, in UTC.

    Args:
        cron: five fields, or such as @daily.
        time_zone: IANA name of the zone that it is meant in.
        now: aware.

    Raises:
        UsageError: the cron can't be read, or is never due.
    """
    return next(coming_ticks(cron, time_zone, now))


def coming_ticks(cron: str, time_zone: str, after: datetime) -> Iterator[datetime]:
    """Give the moments at which a cron will be due, the next first, in UTC; there is no end.

    Args:
        cron: as above.
        time_zone: as above.
        after: aware; a tick at this moment counts.

    Raises:
        UsageError: as above.
    """
    return (tick for tick in _ticks(cron, time_zone, after, 1) if tick >= after)


def past_ticks(cron: str, time_zone: str, before: datetime) -> Iterator[datetime]:
    """Give the moments at which a cron was due, the latest first, in UTC.

    Args:
        cron: as above.
        time_zone: as above.
        before: aware; a tick at this moment counts.

    Raises:
        UsageError: as above.
    """
    return (tick for tick in _ticks(cron, time_zone, before, -1) if tick <= before)


@dataclass(frozen=True)
class _Cron:
    """A cron that was read.

    Attributes:
        every_hour: whether its hours are all.
        days: of the month; 0 is its last.
        weekdays: 0 is Sunday.
        nth_weekdays: which one of the month: 1 to 5, or 0 for the last.
        either: whether a day of the month or a day of the week is enough.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    nth_weekdays: frozenset[tuple[int, int]]
    either: bool

    @property
    def every_hour(self) -> bool:
        return len(self.hours) == 24  # noqa: PLR2004 - hours of a day

    def has(self, day: date) -> bool:
        """Return whether it is due on a day."""
        last = monthrange(day.year, day.month)[1]
        in_month = day.day in self.days or (0 in self.days and day.day == last)
        weekday = day.isoweekday() % 7
        nths = {(weekday, (day.day + 6) // 7), (weekday, 0 if day.day + 7 > last else -1)}
        in_week = weekday in self.weekdays or bool(nths & self.nth_weekdays)
        is_due = in_month or in_week if self.either else in_month and in_week
        return day.month in self.months and is_due


def _ticks(cron: str, time_zone: str, start: datetime, step: int) -> Iterator[datetime]:
    """Give the ticks of all days, from the day before `start` on; step -1 goes into the past."""
    read, zone = _read(cron), ZoneInfo(time_zone)
    first, empty = start.astimezone(zone).date() - timedelta(days=step), 0
    for number in count():
        day = first + timedelta(days=number * step)
        ticks = _ticks_of(read, day, zone) if read.has(day) else []
        empty = 0 if ticks else empty + 1
        if empty > MOST_DAYS_BETWEEN:
            raise UsageError(f"The cron {cron} is never due.")
        yield from ticks[::step]


def _ticks_of(cron: _Cron, day: date, zone: ZoneInfo) -> list[datetime]:
    moments = set()
    for hour in cron.hours:
        for minute in cron.minutes:
            wall = datetime.combine(day, time(hour, minute), zone)
            # Where the clock changes, the two readings of a wall time differ.
            first, second = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
            if first == second:
                moments.add(first)
            elif first < second:  # it comes twice
                moments |= {first, second} if cron.every_hour else {second}
            elif not cron.every_hour:  # it doesn't come
                moments.add(_end_of_gap(second, first, zone))
    return sorted(moments)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Give the moment between two at which the clock is put forward."""
    old = before.astimezone(zone).utcoffset()
    while before < after and before.astimezone(zone).utcoffset() == old:
        before += timedelta(minutes=1)
    return before


@lru_cache(maxsize=100)
def _read(cron: str) -> _Cron:
    fields = _SHORT.get(cron.strip().lower(), cron).lower().split()
    if len(fields) != _FIELDS:
        raise UsageError(f"The cron {cron} has not {_FIELDS} fields.")
    try:
        days = {0 if n == _LAST else n for n in _numbers(fields[2], 1, 31)}
        nth = {_nth(part) for part in fields[4].split(",") if "#" in part or part[0] == _LAST}
        plain = ",".join(p for p in fields[4].split(",") if "#" not in p and p[0] != _LAST)
        weekdays = {int(n) % 7 for n in _numbers(plain, 0, 7, _WEEKDAYS)} if plain else set()
        whole_month, whole_week = len(days - {0}) == 31, len(weekdays) == 7  # noqa: PLR2004
        return _Cron(
            minutes=frozenset(int(n) for n in _numbers(fields[0], 0, 59)),
            hours=frozenset(int(n) for n in _numbers(fields[1], 0, 23)),
            days=frozenset(int(n) for n in days),
            months=frozenset(int(n) for n in _numbers(fields[3], 1, 12, _MONTHS)),
            weekdays=frozenset(weekdays),
            nth_weekdays=frozenset(nth),
            either=not (whole_month or whole_week),
        )
    except (ValueError, IndexError):
        raise UsageError(f"The cron {cron} can't be read.") from None


def _nth(part: str) -> tuple[int, int]:
    """Read `1#2`, the second Monday, or `l5`, the last Friday."""
    if part[0] == _LAST:
        return _number(part[1:], _WEEKDAYS) % 7, 0
    weekday, _, number = part.partition("#")
    return _number(weekday, _WEEKDAYS) % 7, int(number)


def _numbers(field: str, least: int, most: int, names: Sequence[str] = ()) -> set[int | str]:
    """Read a field such as `*/5`, `1-5`, `mon,fri` or `8-18/2`."""
    numbers: set[int | str] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        low, _, high = span.partition("-")
        if part == _LAST:
            numbers.add(_LAST)
            continue
        begin = least if low == "*" else _number(low, names)
        end = most if low == "*" or (step and not high) else _number(high or low, names)
        if not least <= begin <= end <= most or step == "0":
            raise ValueError(field)
        numbers |= set(range(begin, end + 1, int(step or 1)))
    return numbers


def _number(text: str, names: Sequence[str]) -> int:
    if text in names:
        return names.index(text) + (1 if names is _MONTHS else 0)
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)
