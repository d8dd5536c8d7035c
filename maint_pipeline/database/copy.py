"""Reading the output of COPY in larger parts, without a Python call for every row's ceremony.

psycopg's own reader takes about as long for a row as the server does; this one a fifth of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from select import select

import psycopg
from psycopg.pq import ExecStatus

from maint_pipeline.database.connection import Connection

PART_BYTES = 1 << 18


class CopyOut:
    """A COPY … TO STDOUT; iterating runs it and gives its output in parts of about 256 KiB.

    Args:
        connection: idle or in a transaction.
        statement: the COPY.

    Attributes:
        count: rows, known after the last part.

    Raises:
        psycopg.Error: of the database, while iterating.
    """

    def __init__(self, connection: Connection, statement: str) -> None:
        self.count = 0
        self._connection = connection
        self._statement = statement

    def __iter__(self) -> Iterator[bytes]:
        raw = self._connection.pgconn
        result = raw.exec_(self._statement.encode())
        if result.status != ExecStatus.COPY_OUT:
            raise psycopg.errors.error_from_result(result)
        try:
            yield from self._parts()
        except BaseException:
            self._abandon()
            raise
        error: psycopg.Error | None = None
        while (outcome := raw.get_result()) is not None:
            if outcome.status == ExecStatus.FATAL_ERROR:
                error = psycopg.errors.error_from_result(outcome)
            self.count = outcome.command_tuples or 0
        if error is not None:
            raise error

    def _parts(self) -> Iterator[bytes]:
        raw = self._connection.pgconn
        rows: list[bytes] = []
        size = 0
        while (length := (message := raw.get_copy_data(1))[0]) >= 0:
            if length == 0:  # nothing has come yet
                select([raw.socket], [], [])
                raw.consume_input()
                continue
            rows.append(bytes(message[1]))
            size += length
            if size >= PART_BYTES:
                yield b"".join(rows)
                rows, size = [], 0
        yield b"".join(rows)

    def _abandon(self) -> None:
        """End the statement, so that the connection can be used again."""
        raw = self._connection.pgconn
        with suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=5)
            while raw.get_copy_data(0)[0] >= 0:
                pass
            while raw.get_result() is not None:
                pass
