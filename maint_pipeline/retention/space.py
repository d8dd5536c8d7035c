"""After a purge: making the space of deleted rows reusable, and measuring how much that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import (
    Connection,
    canceling_on_interrupt,
    fetch_one,
)
from maint_pipeline.database.owners import NoOwnerSessionError, Owners

WORTHWHILE_PART = 0.05
"""Dead rows, as part of all, from which a vacuum pays: it has to read every index in full."""

WORTHWHILE_ROWS = 1000
MAINTAIN_SINCE = 170000
COST_DELAY = "2ms"
COST_LIMIT = 100
"""Half the pace of autovacuum by default; a plain VACUUM works without pauses."""

_FIGURES = """
select pg_stat_get_live_tuples(relation) as live, pg_stat_get_dead_tuples(relation) as dead,
    pg_table_size(relation) as bytes
from (select %s::regclass as relation) as given
"""
_GENTLE = """
select set_config('vacuum_cost_delay', %s, false), set_config('vacuum_cost_limit', %s, false),
    set_config('statement_timeout', %s, false)
"""
_AS_BEFORE = """
select set_config(name, reset_val, false) from pg_catalog.pg_settings
where name in ('vacuum_cost_delay', 'vacuum_cost_limit', 'statement_timeout')
"""


def disk_bytes(connection: Connection, policy: str) -> int:
    """Return how much disk a policy's table takes, with its indexes and all partitions.

    Args:
        connection: as `maint_owner`.
        policy: name of the policy.
    """
    row = fetch_one(
        connection,
        "select sum(pg_total_relation_size(tree.relid))::bigint as bytes from (select "
        "coalesce(tree.relid, target.relid) as relid "
        "from maint.policy_tables(%s) as target (relid) "
        "left join lateral pg_partition_tree(target.relid) as tree on true) as tree",
        [policy],
    )
    return int(row["bytes"] or 0)


def vacuum(
    connection: Connection, targets: Sequence[str], until: datetime | None, owners: Owners
) -> dict[str, Any]:
    """Vacuum the relations of a purge, gently, where enough rows are dead for that to pay.

    Locks: SHARE UPDATE EXCLUSIVE on a relation while it is vacuumed; where its end became empty,
    ACCESS EXCLUSIVE to cut that off, which it gives up as soon as somebody waits.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        targets: the relations, quoted and with their schema.
        until: when to stop; None for never.
        owners: sessions that may vacuum where ours may not.

    Returns:
        `reusable_bytes`, about how much of the tables became free for new rows, and `vacuum`, what
        was done or why not, as text.
    """
    # Our own deletes may not have reached the statistics yet.
    connection.execute("select pg_stat_force_next_flush()")
    reusable, words = 0, []
    for target in targets:
        figures = fetch_one(connection, _FIGURES, [target])
        rows = figures["live"] + figures["dead"]
        if figures["dead"] < max(WORTHWHILE_ROWS, WORTHWHILE_PART * rows):
            continue
        statement = sql.SQL("vacuum (analyze, skip_locked, parallel 0) {}").format(sql.SQL(target))
        left = gently(connection, statement, target, until, owners)
        words.append(f"{target}: {left or 'vacuumed'}")
        connection.execute("select pg_stat_clear_snapshot()")
        still = fetch_one(connection, _FIGURES, [target])["dead"]
        reusable += max(0, figures["dead"] - still) * figures["bytes"] // rows
    return {"reusable_bytes": reusable, "vacuum": "; ".join(words) or "not worthwhile yet"}


def gently(
    connection: Connection,
    statement: sql.Composed,
    target: str,
    until: datetime | None,
    owners: Owners,
) -> str | None:
    """Vacuum or analyze one relation at half the pace of autovacuum.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        statement: what to do.
        target: the relation, quoted and with its schema.
        until: when to stop; None for never.
        owners: sessions that may do it where ours may not.

    Returns:
        Why it was left to autovacuum, as text; None where it was done.

    Raises:
        QueryCanceled: somebody canceled it.
    """
    seconds = None if until is None else (until - datetime.now(until.tzinfo)).total_seconds()
    if seconds is not None and seconds < 1:
        return "left to autovacuum, because the maintenance window closed"
    limit = f"{int((seconds or 0) * 1000)}"
    try:
        with _maintainer(connection, target, owners) as session:
            session.execute(_GENTLE, [COST_DELAY, str(COST_LIMIT), limit])
            try:
                session.execute(statement)
            finally:
                if session.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
                    session.execute(_AS_BEFORE)
    except NoOwnerSessionError as problem:
        return f"left to autovacuum, because {problem}"
    except psycopg.errors.QueryCanceled:
        if until is None or datetime.now(until.tzinfo) < until:
            raise  # somebody else's wish
        return "stopped when the maintenance window closed, the rest is left to autovacuum"
    return None


@contextmanager
def _maintainer(connection: Connection, target: str, owners: Owners) -> Iterator[Connection]:
    """Give a session that may vacuum: ours from PostgreSQL 17 on where it has MAINTAIN."""
    if connection.info.server_version >= MAINTAIN_SINCE:
        row = fetch_one(connection, "select has_table_privilege(%s, 'maintain') as may", [target])
        if row["may"]:
            yield connection
            return
    with owners.session(connection, target) as session:
        with canceling_on_interrupt(session.connection):
            yield session.connection
