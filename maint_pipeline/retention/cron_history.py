"""The history of pg_cron, which otherwise grows forever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from maint_pipeline.database.connection import Connection, fetch_one

BATCH = 5000
# By its name in the catalogs: to_regclass fails where the schema is closed to us.
_WHY_NOT = """
select case
    when not exists (
        select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = 'cron' and relname = 'job_run_details'
    ) then 'pg_cron is not in this database'
    when not has_schema_privilege('cron', 'usage')
        or not has_table_privilege('cron.job_run_details', 'select')
        or not has_table_privilege('cron.job_run_details', 'delete')
    then format('grant usage on schema cron, and select, delete on cron.job_run_details, to %I',
        current_user)
end as reason
"""
# By its key, in batches: locks are few and short, and what is running has no end yet.
_DELETE = """
with expired as (
    select runid from cron.job_run_details
    where end_time < now() - %(keep)s order by runid limit %(batch)s
)
delete from cron.job_run_details using expired where job_run_details.runid = expired.runid
"""
_COUNT = "select count(*) as n from cron.job_run_details where end_time < now() - %(keep)s"


def why_not(connection: Connection) -> str | None:
    """Say why the history can't be pruned here, None where it can."""
    reason: str | None = fetch_one(connection, _WHY_NOT)["reason"]
    return reason


def prune_cron_history(
    connection: Connection, keep: timedelta, *, dry_run: bool, report: Callable[[int], None]
) -> int:
    """Delete what pg_cron noted of jobs that ended longer ago.

    Locks: ROW EXCLUSIVE on cron.job_run_details, for each batch of 5,000 rows.

    Args:
        connection: in autocommit mode, as `maint_owner`, where `why_not` gives None.
        keep: how long it is kept.
        dry_run: only count.
        report: called with the number deleted so far, after each batch.

    Returns:
        How many rows were deleted, or would be.
    """
    if dry_run:
        return int(fetch_one(connection, _COUNT, {"keep": keep})["n"])
    deleted = 0
    while batch := connection.execute(_DELETE, {"keep": keep, "batch": BATCH}).rowcount:
        deleted += batch
        report(deleted)
    return deleted
