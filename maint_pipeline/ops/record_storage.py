"""What everything takes, written down once a day."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset

from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.storage.record import record_storage as record
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.units import bytes_in_words, counted


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
    """Write down what everything takes today: tables, indexes, databases, WAL, temporary files.

    Reads the catalogs and the lengths of files, never a row of the application. A table that
    somebody has locked is left out and named. Twice on a day keeps the later sizes; after two years
    one a week stays.
    """
    yield from maintain(context, config, maintenance, _record)


def _record(run: TaskRun) -> TaskResult:
    result = record(run.connection)
    names = result.pop("unmeasured_names")
    words = f"{counted(result['relations'], 'table')}, {bytes_in_words(result['bytes'])}"
    if result["unmeasured"]:
        words += f"; {result['unmeasured']:,} locked and not measured"
    return TaskResult(
        details={**result, **({"unmeasured_names": names} if names else {})},
        summary=words,
        tables={"locked_and_not_measured": [{"table": name} for name in names]},
    )


job = task_job(record_storage, StorageConfig)
# After the purges and checks of the night, at a minute when nothing else starts.
schedule = task_schedule(job, "25 5 * * *")
