"""Keeping BRIN indexes on a time column sharp.

The summary of a block range only ever widens: after a purge it still covers rows that are
gone, and the next purge would look for expired rows where there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import perf_counter, sleep

import psycopg

from maint_pipeline.database.connection import (
    Connection,
    canceling_on_interrupt,
    waiting_at_most,
)
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.retention.progress import BlockRange


def summarize_again(
    connection: Connection,
    policy: str,
    purged: Iterable[BlockRange],
    duty: float,
    owners: Owners,
) -> str | None:
    """Summarize the ranges again in which a purge has deleted rows.

    Where no session can act as the table's owner, nothing happens: the next purge reads more than
    it had to.

    Locks: SHARE UPDATE EXCLUSIVE on the relation, for one summary of about a megabyte at a time.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        policy: name of the policy.
        purged: where rows were deleted.
        duty: fraction of the time spent working, above 0 to 1.
        owners: sessions that may summarize.

    Returns:
        Why a relation was left out, as text; None if none was.
    """
    by_target: dict[str, list[BlockRange]] = {}
    for blocks in purged:
        by_target.setdefault(blocks.target, []).append(blocks)
    problem = None
    for target, ranges in by_target.items():
        indexes = connection.execute(
            "select index::oid as index, pages_per_range "
            "from maint.time_brin_indexes(%s, %s::regclass)",
            [policy, target],
        ).fetchall()
        if not indexes:
            continue
        try:
            with owners.session(connection, target) as session:
                with canceling_on_interrupt(session.connection):
                    for index in indexes:
                        firsts = _summaries(ranges, index["pages_per_range"])
                        _summarize(session.connection, index["index"], firsts, duty)
        except NoOwnerSessionError as reason:
            problem = f"{target}: {reason}"
    return problem


def _summarize(connection: Connection, index: int, firsts: Iterable[int], duty: float) -> None:
    # Queueing behind a running vacuum would end it.
    with suppress(psycopg.errors.LockNotAvailable), waiting_at_most(connection, "100ms"):
        for first in firsts:
            started = perf_counter()
            connection.execute(
                "select brin_desummarize_range(%(index)s::oid::regclass, %(first)s), "
                "brin_summarize_range(%(index)s::oid::regclass, %(first)s)",
                {"index": index, "first": first},
            )
            sleep((perf_counter() - started) * (1 / duty - 1))


def _summaries(ranges: Iterable[BlockRange], pages: int) -> Iterator[int]:
    """Give the first block of each summary that the ranges touch, once."""
    numbers = {
        number
        for blocks in ranges
        for number in range(blocks.first // pages, (blocks.last - 1) // pages + 1)
    }
    return (number * pages for number in sorted(numbers))
