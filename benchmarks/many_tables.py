"""What is ahead of 10,000 tables, from sizes of 180 days in a database: `make bench-forecast`."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from time import perf_counter

import psycopg
from psycopg import sql

from benchmarks.data import sample_database, server
from benchmarks.growths import DAYS, traces
from maint_pipeline.database.connection import connect
from maint_pipeline.storage.outlook import outlook

TABLES = 10_000
DIFFERENT = 400
"""Histories; many tables have the same, 1 % larger each time."""

_RELATIONS = """
insert into maint.storage_relations (schema_name, relation_name)
select 'public', 't' || number from generate_series(1, %s) as number
"""
_DAYS = """
insert into maint.storage_days (day, taken_at, relations)
select current_date - n, now(), 0 from generate_series(0, %s) as n
"""


def main() -> None:
    """Write sizes down, and measure how long it takes to look ahead."""
    with server() as running:
        url = sample_database(running, "many")
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            _write(connection)
        with closing(connect(url, application_name="bench")) as owner:
            began = perf_counter()
            found = outlook(owner)
            seconds = perf_counter() - began
    methods = [table.method for table in found.tables]
    print(
        f"{len(methods):,} tables in {seconds:.1f} s: {methods.count('full'):,} by the full "
        f"method, {methods.count('slope'):,} by a robust slope"
    )


def _write(connection: psycopg.Connection) -> None:
    # One transaction of them all would need more locks than a server has room for.
    for number in range(1, TABLES + 1):
        connection.execute(
            sql.SQL("create table public.{} (id integer)").format(sql.Identifier(f"t{number}"))
        )
    connection.execute(_RELATIONS, [TABLES])
    connection.execute(_DAYS, [DAYS - 1])
    histories = [trace[:DAYS] for _, trace in traces(1, DIFFERENT)]
    first = date.today() - timedelta(days=DAYS - 1)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "copy maint.storage_sizes (relation_id, day, heap_bytes, toast_bytes, index_bytes) "
            "from stdin"
        ) as rows,
    ):
        for number in range(TABLES):
            sizes = histories[number % DIFFERENT] * (1 + number // DIFFERENT / 100)
            for day, size in zip(days, sizes, strict=True):
                rows.write_row((number + 1, day, int(size), 0, 0))


if __name__ == "__main__":
    main()
