"""Visiting the tables that are due, one after the other, each by a single statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection
from maint_pipeline.database.owners import Owners
from maint_pipeline.retention.space import gently

ANALYZE: LiteralString = "analyze (skip_locked) {}"
FREEZE: LiteralString = "vacuum (freeze, skip_locked, parallel 0) {}"
"""Locks: SHARE UPDATE EXCLUSIVE on the table while it is visited; neither waits for anybody's."""

_FREEZE_DUE: LiteralString = """
select pg_class.oid, format('%%I.%%I', nspname, relname) as relation,
    has_schema_privilege(relnamespace, 'usage') as may_enter, max(ages.bytes)::bigint as bytes,
    format('%%s million transactions old, vacuumed by force at %%s%%s',
        round(max(ages.ids) / 1000000, 1), round(min(ages.most) / 1000000, 1),
        ', in ' || round(min(ages.days_left), 1) || ' days') as why
from maint.freeze_ages() as ages
join pg_class on pg_class.oid = ages.relation_id
join pg_namespace on pg_namespace.oid = relnamespace
where nspname not in ('pg_catalog', 'information_schema')
    and (ages.days_left < %(days)s or ages.ids > ages.most * %(share)s
        or ages.multixacts > ages.most_multixacts * %(share)s)
    and ages.ids > ages.most * 0.05
group by pg_class.oid, relname, relnamespace, nspname
having max(ages.bytes) >= %(bytes)s
order by max(ages.ids / ages.most) desc
"""
_STATISTICS_DUE: LiteralString = """
select pg_class.oid, format('%%I.%%I', nspname, relname) as relation,
    has_schema_privilege(relnamespace, 'usage') as may_enter,
    greatest(relpages, 0)::bigint * current_setting('block_size')::integer as bytes,
    case when reltuples < 0 then 'the planner knows nothing of it'
        else format('%%s rows have changed since it was analyzed', figures.changed) end as why
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
cross join lateral (
    select pg_stat_get_mod_since_analyze(pg_class.oid) as changed,
        pg_stat_get_live_tuples(pg_class.oid) as live
) as figures
where relkind in ('r', 'm', 'p') and relpersistence <> 't'
    and nspname not in ('pg_catalog', 'information_schema')
    and (reltuples < 0 or figures.changed > 50 + %(share)s * greatest(reltuples, figures.live))
order by reltuples >= 0, figures.changed desc, 1
"""
_VISITED: LiteralString = """
select greatest(pg_stat_get_last_vacuum_time(oid), pg_stat_get_last_analyze_time(oid)) as at
from pg_class where oid = %s
"""


@dataclass(frozen=True)
class Due:
    """A table that is due.

    Attributes:
        relation: quoted and with its schema.
        may_enter: whether `maint_owner` may use the schema.
        bytes: about what it takes, by the catalog.
        why: in words.
    """

    oid: int
    relation: str
    may_enter: bool
    bytes: int
    why: str


def tables_to_freeze(
    connection: Connection, *, days: float, share: float, megabytes: int
) -> list[Due]:
    """Give the tables that autovacuum will soon vacuum against wraparound, the nearest first.

    Args:
        connection: as `maint_owner`.
        days: within how many days, at the pace of the last week.
        share: of the age at which it comes, from which on a table is due whatever the pace.
        megabytes: smaller tables are left to autovacuum: it is done with them in no time.
    """
    given = {"days": days, "share": share, "bytes": megabytes * 1024 * 1024}
    return [Due(**row) for row in connection.execute(_FREEZE_DUE, given).fetchall()]


def tables_to_analyze(connection: Connection, *, share: float) -> list[Due]:
    """Give the tables of which the planner knows nothing, then those that have changed.

    Args:
        connection: as above.
        share: of a table's rows that have to have changed.
    """
    return [Due(**row) for row in connection.execute(_STATISTICS_DUE, {"share": share}).fetchall()]


def visit(
    connection: Connection,
    due: Sequence[Due],
    statement: LiteralString,
    until: datetime | None,
    owners: Owners,
    *,
    show: Callable[[int], None] = lambda done: None,
) -> list[dict[str, Any]]:
    """Visit tables one after the other, gently, until the maintenance window closes.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        due: the tables, in their order.
        statement: `ANALYZE` or `FREEZE`.
        until: when to stop; None for never.
        owners: sessions that may visit tables where ours may not.
        show: called with the number of tables that are done.

    Returns:
        Rows of `table, size, why, outcome` (done, or why it was left).
    """
    rows: list[dict[str, Any]] = []
    for number, each in enumerate(due):
        outcome = _visit(connection, each, statement, until, owners)
        rows.append({"table": each.relation, "bytes": each.bytes, "why": each.why,
                     "outcome": outcome})  # fmt: skip
        show(number + 1)
    return rows


def _visit(
    connection: Connection,
    due: Due,
    statement: LiteralString,
    until: datetime | None,
    owners: Owners,
) -> str:
    if not due.may_enter:
        return "left to autovacuum, because maint_owner may not use its schema"
    before = _visited_at(connection, due)
    query = sql.SQL(statement).format(sql.SQL(due.relation))
    try:
        left = gently(connection, query, due.relation, until, owners)
    except psycopg.errors.QueryCanceled:
        raise
    except psycopg.Error as error:
        # Code of the application's in an index, a broken page: no other table has to wait for it.
        if connection.broken:
            raise
        return f"failed: {str(error).strip()}"
    if left:
        return left
    return "somebody has it locked" if _visited_at(connection, due) == before else "done"


def _visited_at(connection: Connection, due: Due) -> datetime | None:
    connection.execute("select pg_stat_clear_snapshot()")
    row = connection.execute(_VISITED, [due.oid]).fetchone()
    return row["at"] if row else None
