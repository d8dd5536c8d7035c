"""How busy the server was: read off its statistics, and written down. Without numpy: sensors do it.

Statistics count what a statement took when it ends. A statement of hours counts in the quarter in
which it ends, which means of logarithms hardly notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from maint_pipeline.database.connection import Connection, fetch_one

KEPT_DAYS = 182
LEAST_SECONDS = 600.0
"""Of a quarter that have to be seen."""

_QUARTER = 900
_NOW = """
select pg_catalog.clock_timestamp() as at,
    (select pg_catalog.sum(active_time) / 1000 from pg_catalog.pg_stat_database)::float8 as active,
    (select pg_catalog.count(*) from pg_catalog.pg_stat_activity
        where usename = session_user and state = 'active'
            and pid <> pg_catalog.pg_backend_pid())::float8 as own
"""
_WRITE = """
with written as (
    insert into maint.load_samples (at, seconds, active_seconds, own_seconds)
    values (%s, %s, %s, %s)
    on conflict (at) do nothing
)
delete from maint.load_samples where at < now() - make_interval(days => %s)
"""


@dataclass(frozen=True)
class Reading:
    """What the server's statistics say at a moment.

    Attributes:
        active: seconds that sessions of all databases have worked, ever.
        own: how many of ours are working.
    """

    at: datetime
    active: float
    own: float


@dataclass(frozen=True)
class Sample:
    """A quarter of an hour: in so many seconds of it, how long sessions worked, and ours."""

    at: datetime
    seconds: float
    active_seconds: float
    own_seconds: float


class Gathering:
    """Readings that become samples. It is kept in memory: a restart costs a quarter of an hour."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._first: Reading | None = None
        self._last: Reading | None = None
        self._own = 0.0

    def add(self, reading: Reading) -> Sample | None:
        """Add a reading.

        Args:
            reading: later than the one before.

        Returns:
            The sample of a quarter that is over; None where none is, where too little of it was
            seen, or where statistics were reset.
        """
        first, last = self._first, self._last
        self._last = reading
        # Statistics that were reset count from 0 again.
        if first is None or last is None or reading.active < last.active:
            self._first, self._own = reading, 0.0
            return None
        self._own += reading.own * (reading.at - last.at).total_seconds()
        if quarter_of(reading.at) == quarter_of(first.at):
            return None
        seconds = (reading.at - first.at).total_seconds()
        active, own = reading.active - first.active, self._own
        self._first, self._own = reading, 0.0
        if not LEAST_SECONDS <= seconds <= _QUARTER + LEAST_SECONDS:
            return None
        return Sample(quarter_of(first.at), seconds, active, own)


def quarter_of(moment: datetime) -> datetime:
    """Give the beginning of the quarter of an hour of an aware moment, in UTC."""
    stamp = int(moment.timestamp())
    return datetime.fromtimestamp(stamp - stamp % _QUARTER, UTC)


def read_load(connection: Connection) -> Reading:
    """Read the server's statistics.

    Args:
        connection: in autocommit mode, as `maint_owner`. Of sessions PostgreSQL shows what they
            do only to their own role, so this looks as the role that logged in.
    """
    with connection.transaction():
        connection.execute("set local role none")
        return Reading(**fetch_one(connection, _NOW))


def write_sample(connection: Connection, sample: Sample) -> None:
    """Write a sample down, and forget those of half a year ago.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        sample: of a quarter that is over.
    """
    connection.execute(
        _WRITE,
        [sample.at, sample.seconds, sample.active_seconds, sample.own_seconds, KEPT_DAYS],
    )
