"""Histories of sizes, written down as record_storage would have."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

TODAY = datetime.now(UTC).date()


def put_table(
    superuser, name: str, sizes: Iterable[float], root: str | None = None, last: date = TODAY
) -> None:
    """Write down the sizes of a table in schema public, the last one of that day.

    Args:
        superuser: a superuser's connection.
        name: of the table, which need not exist.
        sizes: bytes, day by day; None where nobody measured.
        root: the partitioned table that it is a part of.
        last: the day of the last size.
    """
    days, values = _days(superuser, sizes, last)
    superuser.execute(
        "insert into maint.storage_relations (schema_name, relation_name, root_schema, root_name) "
        "values ('public', %s, case when %s::text is not null then 'public' end, %s)",
        [name, root, root],
    )
    superuser.execute(
        "insert into maint.storage_sizes (relation_id, day, heap_bytes, toast_bytes, index_bytes) "
        "select id, day, bytes, 0, 0 from unnest(%s::date[], %s::bigint[]) as given (day, bytes) "
        "join maint.storage_relations on relation_name = %s where bytes is not null",
        [days, values, name],
    )


def put_other(superuser, kind: str, name: str, sizes: Iterable[float | None]) -> None:
    """Write down the sizes of a database, WAL, or the like, until today."""
    days, values = _days(superuser, sizes, TODAY)
    superuser.execute(
        "insert into maint.storage_others (day, kind, name, bytes) "
        "select day, %s, %s, bytes from unnest(%s::date[], %s::bigint[]) as given (day, bytes)",
        [kind, name, days, values],
    )


def _days(
    superuser, sizes: Iterable[float | None], last: date
) -> tuple[list[date], list[int | None]]:
    """Write down that there was a measurement on each day up to the last one."""
    values = [None if size is None else int(size) for size in sizes]
    days = [last - timedelta(days=len(values) - 1 - number) for number in range(len(values))]
    superuser.execute(
        "insert into maint.storage_days (day, taken_at, relations) "
        "select day, day, 1 from unnest(%s::date[]) as day on conflict do nothing",
        [days],
    )
    return days, values
