"""The ledger's past in the plots of a Dagster that did not see it happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster import AssetKey, DagsterInstance

from maint_pipeline.database.connection import Connection
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.ops.maintenance_health import HEALTH_TASK, figures_by_asset
from maint_pipeline.ops.presentation import figures
from maint_pipeline.units import counted

MOST_RUNS = 400
"""Of each task: more than a year of a daily one, two weeks of an hourly one."""

_RUNS = """
select finished_at, details
from (
    select finished_at, details
    from public.maintenance_task_runs
    where task_name = %s and status = 'completed' and parent_id is null
        and finished_at is not null and details ->> 'dry_run' is distinct from 'true'
    order by finished_at desc
    limit %s
) as latest
order by finished_at
"""


def report_past(
    connection: Connection,
    instance: DagsterInstance,
    host: DagsterHost,
    assets: Mapping[str, Sequence[AssetKey]],
) -> str:
    """Give each asset that was never materialized the figures that the ledger has.

    Once: an asset that has any materialization gets none. Where the host can't date an event,
    nothing happens.

    Args:
        connection: as `maint_owner`.
        instance: where the plots are.
        host: which stores the events.
        assets: the keys by the task that maintains them.

    Returns:
        What was done, in words; empty where nothing was.
    """
    count = 0
    for task, keys in assets.items():
        empty = [key for key in keys if instance.get_latest_materialization_event(key) is None]
        runs = connection.execute(_RUNS, [task, MOST_RUNS]).fetchall() if empty else []
        for run in runs:
            shares = figures_by_asset(run["details"]) if task == HEALTH_TASK else {}
            for key in empty:
                shown = figures(shares.get(key.path[-1], {}) if shares else run["details"])
                if shown and host.report_past(instance, key, shown, run["finished_at"]):
                    count += 1
    return f"Plots got {counted(count, 'event')} of the ledger's past." if count else ""
