"""The steps that build indexes which are missing, or which an interruption left invalid."""

from __future__ import annotations

from collections.abc import Sequence

from maint_pipeline.database.adoption import why_index_rests
from maint_pipeline.database.columns import ALERTS_TABLE
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.indexes import INDEXES, Index
from maint_pipeline.database.step import Step
from maint_pipeline.database.trust import untrusted_tables
from maint_pipeline.errors import ConfigurationError

SMALL_TABLE_BYTES = 8 * 1024**2
"""Up to here an index is built at once, which takes some hundredths of a second.

A concurrent build waits for every snapshot in the database: who may only connect could hold it up.
"""


def index_steps(
    connection: Connection, trust: Sequence[str], *, uses_alerts_table: bool
) -> list[Step]:
    """Give a step for each index that is to be built.

    Args:
        connection: of the role that migrates; only read.
        trust: roles that are to be trusted from now on.
        uses_alerts_table: whether alerts go into the application's table.

    Raises:
        ConfigurationError: the name of one belongs to something else, so that it can't be built.
    """
    left_out = {row["relation"] for row in untrusted_tables(connection, trust)}
    return [
        step
        for index in INDEXES
        if not (index.optional and index.table in left_out)
        and (uses_alerts_table or index.table != ALERTS_TABLE)
        for step in _steps_of(connection, index)
    ]


def _steps_of(connection: Connection, index: Index) -> list[Step]:
    """Build an index that is missing, or that an interruption left invalid.

    Raises:
        ConfigurationError: its name belongs to something else, so that it can't be built.
    """
    found = connection.execute(
        "select indisvalid, relation.oid::regclass::text || coalesce(' on ' || "
        "indrelid::regclass::text, '') as name, pg_get_userbyid(relowner)::text as owner, "
        "coalesce(indrelid = to_regclass(%(table)s) and indisunique >= %(unique)s, false) "
        "as is_ours "
        "from pg_class as relation left join pg_index on indexrelid = relation.oid "
        "where relation.oid = to_regclass(%(index)s)",
        {"table": index.table, "unique": index.unique, "index": f"public.{index.name}"},
    ).fetchone()
    if index.optional and (not _is_wanted(connection, index) or (found and not found["is_ours"])):
        return []
    if found and not found["is_ours"]:
        raise ConfigurationError(
            f"Nothing was changed. {index.table} needs an index named {index.name}, and "
            f"{found['name']} of {found['owner']} has that name. Rename or drop that one and run "
            "maint migrate again."
        )
    if found and found["indisvalid"]:
        return []
    unique = "unique " if index.unique else ""
    place = f"{index.name} on {index.table} {index.definition};"
    if _is_small(connection, index.table):
        drop = f"drop index if exists public.{index.name};"
        locks = f"SHARE on {index.table}, small or new, for some hundredths of a second."
        create = f"create {unique}index {place}"
        return [Step(f"Index {index.name}", locks, (drop, create), optional=index.optional)]
    create = f"create {unique}index concurrently {place}"
    drop = f"drop index concurrently if exists public.{index.name};"
    return [
        Step(
            f"Index {index.name}",
            f"SHARE UPDATE EXCLUSIVE on {index.table} while it builds; reads and writes go on.",
            (drop, create),
            concurrent=True,
            optional=index.optional,
        )
    ]


def _is_small(connection: Connection, table: str) -> bool:
    """Return whether a table is small, or doesn't exist yet."""
    row = fetch_one(
        connection,
        "select coalesce(pg_relation_size(to_regclass(%s)), 0) <= %s as yes",
        [table, SMALL_TABLE_BYTES],
    )
    return bool(row["yes"])


def _is_wanted(connection: Connection, index: Index) -> bool:
    if why_index_rests(connection, index):
        return False
    row = fetch_one(
        connection,
        "select exists (select from pg_class where oid = to_regclass(%(table)s) and relkind = 'r' "
        "and pg_has_role(relowner, 'usage') and not exists (select from pg_index "
        "join pg_attribute on attrelid = indrelid and attnum = indkey[0] "
        "where indrelid = pg_class.oid and attname = %(column)s "
        "and indpred is null and indisvalid)) as wanted",
        {"table": index.table, "column": index.unless_led_by},
    )
    return bool(row["wanted"])
