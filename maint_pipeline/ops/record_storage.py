"""What everything takes, written down once a day, and what is ahead."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset

from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.storage.record import record_storage as record
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.units import bytes_in_words, counted

_MOST_SHOWN = 20


class StorageConfig(Config):
    """There is nothing to configure."""


@multi_asset(
    name="record_storage_op",
    specs=[
        AssetSpec(
            "storage",
            group_name="upkeep",
            description="The sizes of every relation, of databases, WAL, replication slots and "
            "temporary files, day by day.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "upkeep"},
)
def record_storage(
    context: AssetExecutionContext, config: StorageConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Write down what everything takes today, and what is ahead; raise alerts where it is bad.

    Reads the catalogs and the lengths of files, never a row of the application. A table that
    somebody has locked is left out and named. Twice on a day keeps the later sizes; after two years
    one a week stays. disk_full_soon: the early end of the date on which the disk is full is less
    than 30 days ahead, on three days running. growth_changed: a table grows at another rate.
    """
    yield from maintain(context, config, maintenance, _record)


def _record(run: TaskRun) -> TaskResult:
    result = record(run.connection)
    names = result.pop("unmeasured_names")
    words = f"{counted(result['relations'], 'table')}, {bytes_in_words(result['bytes'])}"
    if result["unmeasured"]:
        words += f"; {result['unmeasured']:,} locked and not measured"
    ahead, growing = _ahead(run)
    return TaskResult(
        details={**result, **({"unmeasured_names": names} if names else {}), **ahead},
        summary=words,
        tables={
            "grows_most": growing,
            "locked_and_not_measured": [{"table": name} for name in names],
        },
    )


def _ahead(run: TaskRun) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Look ahead: the figures that the catalog plots, and the tables that grow most."""
    # Imported here: no other run needs numpy.
    from maint_pipeline.storage.foreseen import foresee, top_growers  # noqa: PLC0415
    from maint_pipeline.storage.outlook import outlook  # noqa: PLC0415

    found = outlook(run.connection)
    raised = foresee(run.connection, found)
    figures = {
        "alerts_created": sum(one["created"] + one["reopened"] for one in raised.values()),
        "alerts_resolved": sum(one["resolved"] for one in raised.values()),
    }
    if found.disk and found.disk.likely_bytes is not None:
        figures |= {
            "bytes_on_disk": found.disk.bytes,
            "bytes_a_day": int(found.disk.bytes_per_day or 0),
            "bytes_in_30_days": found.disk.likely_bytes,
        }
    growing = [
        {
            "table": f"{table.schema}.{table.table}",
            "size": bytes_in_words(table.bytes),
            "a day": bytes_in_words(table.bytes_per_day or 0),
            "in 30 days (80 %)": f"{bytes_in_words(table.low_bytes or 0)} to "
            f"{bytes_in_words(table.high_bytes or 0)}",
        }
        for table in top_growers(found, _MOST_SHOWN)
    ]
    return figures, growing


job = task_job(record_storage, StorageConfig)
# After the purges and checks of the night, at a minute when nothing else starts.
schedule = task_schedule(job, "25 5 * * *")
