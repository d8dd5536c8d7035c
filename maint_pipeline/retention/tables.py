"""The tables under retention as they are now: size, oldest row, rows past retention, last purge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from maint_pipeline.database.connection import Connection
from maint_pipeline.retention.growth import Growth
from maint_pipeline.retention.statistics import TimedTable, read_growth

SLACK = timedelta(days=8)
"""Some cleanups run once a week: a row older than this past its retention should be deleted."""

_POLICIES = """
select policy.name, pg_class.oid::bigint as oid, nspname as schema, relname as table,
    time_column, extract(epoch from keep)::float8 / 86400 as keep_days,
    policy.condition = 'true' and not exists (
        select from maint.legal_holds as hold where hold.policy_name = policy.name
    ) as takes_all,
    (select last_completed_at from maint.latest_runs as run where run.task_name = applied.task_name)
        as purged_at
from maint.enabled_policies as applied
join maint.retention_policies as policy on policy.name = applied.name
cross join lateral maint.policy_tables(policy.name) as relation
join pg_class on pg_class.oid = relation
join pg_namespace on pg_namespace.oid = relnamespace
where %(policy)s::text is null or policy.name = %(policy)s
order by policy.name, nspname, relname
"""


@dataclass(frozen=True)
class TableState:
    """A table that a policy is applied to; None for what can't be found cheaply.

    Attributes:
        keep_days: how long the policy keeps a row.
        takes_all: every row past retention is to go: the policy has no condition and no hold.
        purged_at: when a cleanup completed last.
    """

    policy: str
    schema: str
    table: str
    keep_days: float
    takes_all: bool
    purged_at: datetime | None
    growth: Growth | None

    @property
    def name(self) -> str:
        """Schema and table, as people write them."""
        return f"{self.schema}.{self.table}"

    @property
    def oldest_at(self) -> datetime | None:
        """When the oldest row is from, if an index gives it."""
        return self.growth.oldest_at if self.growth and self.growth.is_oldest_exact else None

    @property
    def is_late(self) -> bool | None:
        """Whether a row is left that should have been deleted long ago; None if unknown."""
        if self.oldest_at is None or not self.takes_all:
            return None
        return self.oldest_at < self._cutoff - SLACK

    @property
    def _cutoff(self) -> datetime:
        return datetime.now(UTC) - timedelta(days=min(self.keep_days, 365 * 1000))

    @property
    def figures(self) -> dict[str, Any]:
        """The numbers that are known, by name: rows, bytes, days."""
        now = datetime.now(UTC)
        growth = self.growth
        known = {
            "rows": growth and growth.rows,
            "bytes": growth and growth.bytes,
            "rows_per_day": growth and growth.rows_per_day,
            "rows_past_retention": growth and growth.rows_before(self._cutoff),
            "oldest_row_days": _days(now, self.oldest_at),
            "days_since_purge": _days(now, self.purged_at),
            "retention_days": self.keep_days,
        }
        return {name: value for name, value in known.items() if value is not None}


def tables_under_retention(connection: Connection, policy: str | None = None) -> list[TableState]:
    """Look at the tables that enabled policies are applied to.

    Reads catalogs, statistics and at most one row a table. Sizes and counts are those of the last
    vacuum or analyze.

    Args:
        connection: as `maint_owner`.
        policy: only this policy's; None for all.
    """
    rows = connection.execute(_POLICIES, {"policy": policy}).fetchall()
    wanted = {
        row["oid"]: TimedTable(row["schema"], row["table"], row["time_column"]) for row in rows
    }
    growth = dict(read_growth(connection, wanted))
    return [
        TableState(
            policy=row["name"],
            schema=row["schema"],
            table=row["table"],
            keep_days=row["keep_days"],
            takes_all=row["takes_all"],
            purged_at=row["purged_at"],
            growth=growth.get(row["oid"]),
        )
        for row in rows
    ]


def figures_by_table(states: Iterable[TableState]) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the figures of tables, by schema and name."""
    return {(state.schema, state.table): state.figures for state in states}


def _days(now: datetime, moment: datetime | None) -> float | None:
    return None if moment is None else round((now - moment).total_seconds() / 86400, 2)
