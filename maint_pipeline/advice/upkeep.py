"""Proposals that need no plan: superfluous indexes, and settings of tables with many updates."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from maint_pipeline.advice.plans import quoted
from maint_pipeline.advice.proposals import DROP, MEDIUM, SETTING, Proposal
from maint_pipeline.advice.target import Row, Target

YOUNG_DAYS = 30
"""Younger statistics have not seen what is done once a month."""

LEAST_BYTES = 1 << 20
MANY_UPDATES, LITTLE_HOT = 10_000, 0.5
MANY_ROWS, MUCH_DEAD = 1_000_000, 0.1
_DROP_LOCKS = "SHARE UPDATE EXCLUSIVE on the table; waits for transactions that use the index"
_SET_LOCKS = "SHARE UPDATE EXCLUSIVE on the table, for an instant"


def upkeep(target: Target, used: Collection[str]) -> Iterator[Proposal]:
    """Give proposals to drop indexes, and to set what tables store by.

    Args:
        target: the database.
        used: names of indexes that plans of the workload use.
    """
    duplicates = set()
    for lesser, better in _duplicates(target.indexes):
        duplicates.add(lesser["oid"])
        yield _drop(lesser, f"{better} does all that it does")
    days = _days(target)
    for row in target.indexes:
        is_free = not (row["is_unique"] or row["is_constraint"] or row["is_identity"])
        if not is_free or row["is_partition"] or row["scans"] or row["oid"] in duplicates:
            continue
        if days < YOUNG_DAYS or row["bytes"] < LEAST_BYTES or row["name"] in used:
            continue
        proposal = _drop(row, f"nothing has scanned it in {days:.0f} days")
        proposal.doubt("replicas count their scans for themselves: look there first", MEDIUM)
        yield proposal
    yield from _settings(target)


def _drop(row: Row, reason: str) -> Proposal:
    name = ".".join(quoted(part) for part in (row["schema"], row["name"]))
    return Proposal(
        DROP, f"{row['table_schema']}.{row['table_name']}", f"drop index concurrently {name};",
        reason, bytes=row["bytes"], locks=_DROP_LOCKS, hot="yes", build_seconds=0.0,
        definition=f"{row['schema']}.{row['name']}",
    )  # fmt: skip


def _duplicates(indexes: list[Row]) -> Iterator[tuple[Row, str]]:
    """Give indexes of which another one does all, with that one's name."""
    of_table: dict[tuple[str, str], list[Row]] = {}
    for row in indexes:
        of_table.setdefault((row["table_schema"], row["table_name"]), []).append(row)
    for lesser in indexes:
        if lesser["is_constraint"] or lesser["is_identity"] or lesser["includes"]:
            continue
        if lesser["is_partition"] or not lesser["is_valid"]:
            continue
        for other in of_table[lesser["table_schema"], lesser["table_name"]]:
            if other is not lesser and _covers(other, lesser):
                yield lesser, f"{other['schema']}.{other['name']}"
                break


def _covers(other: Row, lesser: Row) -> bool:
    same = ("method", "condition")
    if any(other[name] != lesser[name] for name in same) or not other["is_valid"]:
        return False
    count = len(lesser["columns"])
    is_equal = len(other["columns"]) == count
    if other["columns"][:count] != lesser["columns"] or (
        not is_equal and other["method"] != "btree"
    ):
        return False
    ours, theirs = (
        [part.split()[:count] for part in row["operators"].split("|")] for row in (lesser, other)
    )
    if ours != theirs or (lesser["is_unique"] and not (other["is_unique"] and is_equal)):
        return False
    if not is_equal:
        return True
    # Of two that are the same, the constraint's, the unique or the older one stays.
    return bool(
        (other["is_constraint"], other["is_unique"], lesser["oid"])
        > (lesser["is_constraint"], lesser["is_unique"], other["oid"])
    )


def _days(target: Target) -> float:
    since = target.server["stats_reset"] or target.server["started_at"]
    return float((datetime.now(UTC) - since).total_seconds() / 86400) if since else 0.0


def _settings(target: Target) -> Iterator[Proposal]:
    for (schema, name), row in target.tables().items():
        if row["kind"] != "r":
            continue
        table = ".".join(quoted(part) for part in (schema, name))
        options = " ".join(row["options"] or ())
        hot = row["updated_hot"] / row["updated"] if row["updated"] else 1.0
        if row["updated"] >= MANY_UPDATES and hot < LITTLE_HOT and "fillfactor" not in options:
            proposal = Proposal(
                SETTING, f"{schema}.{name}", f"alter table {table} set (fillfactor = 85);",
                f"only {hot:.0%} of {row['updated']:,} updates were HOT: with room on their pages "
                "updates of columns without an index need no new index entries",
                locks=_SET_LOCKS, hot="more of them", bytes=int(row["blocks"] * 8192 * 0.15),
                definition="fillfactor",
            )  # fmt: skip
            proposal.doubt("new pages only; updates of indexed columns stay as they are", MEDIUM)
            yield proposal
        rows = max(row["live"], row["tuples"], 0)
        if rows >= MANY_ROWS and row["dead"] > MUCH_DEAD * rows and "scale_factor" not in options:
            yield Proposal(
                SETTING, f"{schema}.{name}",
                f"alter table {table} set (autovacuum_vacuum_scale_factor = 0.02);",
                f"{row['dead']:,} dead rows of {rows:,.0f}: autovacuum waits for a fifth of the "
                "table to change",
                locks=_SET_LOCKS, hot="yes", definition="autovacuum_vacuum_scale_factor",
            )  # fmt: skip
