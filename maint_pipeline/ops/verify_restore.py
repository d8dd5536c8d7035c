"""The restore test of the newest backup: it is restored, checked, and deleted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset
from pydantic import Field

from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.backups.watch import look_at_source
from maint_pipeline.checks.run import sync_check
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG, NEEDS_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun

if TYPE_CHECKING:
    from maint_pipeline.backups.restore_test import RestoreTest

CHECK = "restore_unproven"


class RestoreConfig(Config):
    """Which backup is restored."""

    source: str | None = Field(
        default=None,
        description="Another source than MAINT_RESTORE_SOURCE for this run: a path, or "
        "pgbackrest:STANZA.",
    )


@multi_asset(
    name="verify_restore_op",
    specs=[
        AssetSpec(
            "restore_test",
            deps=["backups"],
            group_name="backups",
            description="The newest backup that was restored to test it.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "backups", HEAVY_TAG: "true", NEEDS_TAG: "restore_source"},
)
def verify_restore(
    context: AssetExecutionContext, config: RestoreConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Restore the newest backup into a scratch server, check its integrity, and delete it.

    The source is a dump or base backup, a folder of them, or a pgBackRest repository. It is treated
    as hostile: every program that reads it runs in a sandbox. Every table is read, indexes are
    checked with amcheck if the server has it, counts are compared with the application database.
    `proven in part` means that all rows were restored, and names what else was not. The run fails
    if the backup does not restore, and a critical alert stays open until one does.
    """
    settings = maintenance.settings()
    yield from maintain(context, config, maintenance, lambda run: _restore(run, config, settings))


def _restore(run: TaskRun, config: RestoreConfig, settings: Settings) -> TaskResult:
    # Imported here: other runs need not wait for it.
    from maint_pipeline.backups.restore_test import (  # noqa: PLC0415
        RestoreEnvironment,
        record,
        try_restore,
    )

    source = config.source or settings.restore_source
    if source is None:
        raise NotApplicableError("Nothing to restore: MAINT_RESTORE_SOURCE is not set.")
    look_at_source(run.connection, source)
    backup = newest_backup(source)
    run.log(f"Restoring {backup.name} ({backup.kind}, {backup.bytes:,} bytes)")
    environment = RestoreEnvironment(
        scratch=settings.scratch,
        bin_dir=settings.restore_bin_dir,
        report=lambda step, fraction: run.report(step=step, fraction=round(fraction, 3)),
    )
    test = try_restore(backup, environment, run.connection)
    record(run.connection, test)
    # The alert of this check reports it; a second one of the failed run would repeat it.
    run.note(**_details(test), told_by=CHECK)
    sync_check(run.connection, CHECK)
    if test.problem:
        raise BackupUnusableError(f"{backup.name} does not restore: {test.problem}")
    tables = {"restored_tables": test.tables}
    summary = f"{backup.name} restores: {test.row_count or 0:,} rows"
    if test.left_out:
        tables["left_out"] = list(test.left_out)
        summary += f"; {len(test.left_out)} objects without rows are left out"
    return TaskResult(_details(test), summary, tables=tables)


def _details(test: "RestoreTest") -> dict[str, Any]:
    age = test.newest_row_at and (datetime.now(UTC) - test.newest_row_at).total_seconds()
    return {
        "result": test.result,
        "sandbox": test.details["sandbox"],
        "backup": test.backup.name,
        "taken_at": test.backup.taken_at.isoformat(),
        "bytes": test.backup.bytes,
        "restore_seconds": round((test.finished_at - test.started_at).total_seconds(), 1),
        "rows": test.row_count,
        "newest_row_at": test.newest_row_at and test.newest_row_at.isoformat(),
        "age_of_data_hours": age and round(age / 3600, 2),
        "checked": "; ".join(test.details["checked"]),
        "left_out": [row["object"] for row in test.left_out],
    }


job = task_job(verify_restore, RestoreConfig)
schedule = task_schedule(job, "0 5 * * 6")
