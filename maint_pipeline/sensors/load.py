"""How busy the server is, sampled by the session that watches task runs anyway: no run does it."""

from __future__ import annotations

from time import monotonic

import psycopg

from maint_pipeline.database.connection import Connection
from maint_pipeline.hours.samples import Gathering, read_load, write_sample

EVERY_SECONDS = 30.0

_gathered: dict[str, tuple[float, Gathering]] = {}


def sample_load(connection: Connection, place: str, every: float = EVERY_SECONDS) -> str:
    """Read the load, and write a sample down when a quarter of an hour is over.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        place: which server that is.
        every: seconds between two readings at least.

    Returns:
        Words where it can't be read: nothing else is to suffer from that. Empty else.
    """
    last, gathering = _gathered.get(place, (-every, Gathering()))
    if monotonic() - last < every:
        return ""
    _gathered[place] = (monotonic(), gathering)
    try:
        sample = gathering.add(read_load(connection))
        if sample:
            write_sample(connection, sample)
    except psycopg.Error as error:
        return f"The load was not sampled: {str(error).strip()}"
    return ""
