"""Whether the newest backup would help: it is restored, looked at, and thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dagster import Config
from pydantic import Field

from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.proof import Laboratory, Proof, prove, record
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.backups.watch import look_at_source
from maint_pipeline.checks.run import sync_check
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.ledger import TaskRun
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.settings import load_settings

CHECK = "restore_unproven"


class RestoreConfig(Config):
    """The form."""

    source: str | None = Field(
        default=None,
        description="For this run another source than MAINT_RESTORE_SOURCE: a path, or "
        "pgbackrest:STANZA.",
    )


@maintenance_task(cron="0 5 * * 6", group="backups", heavy=True, needs_setting="restore_source")
def verify_restore(run: TaskRun, config: RestoreConfig) -> TaskResult:
    """Restore the newest backup into a scratch server, check its integrity, and throw it away.

    The source is a dump or base backup, a folder of them, or a pgBackRest repository. Every table
    is read, indexes are checked with amcheck where the server has it, counts are compared with the
    application database. The run fails when the backup does not restore, and a critical alert says
    so until one does.
    """
    settings = load_settings()
    source = config.source or settings.restore_source
    if source is None:
        raise NotApplicableError("Nothing to restore: MAINT_RESTORE_SOURCE is not set.")
    look_at_source(run.connection, source)
    backup = newest_backup(source)
    run.log(f"Restoring {backup.name} ({backup.kind}, {backup.bytes:,} bytes)")
    laboratory = Laboratory(
        scratch=settings.scratch,
        bin_dir=settings.restore_bin_dir,
        report=lambda step, fraction: run.report(step=step, fraction=round(fraction, 3)),
    )
    proof = prove(backup, laboratory, run.connection)
    record(run.connection, proof)
    # The alert of this check tells it; a second one of the failed run would tell it twice.
    run.note(**_details(proof), told_by=CHECK)
    sync_check(run.connection, CHECK)
    if proof.problem:
        raise BackupUnusableError(f"{backup.name} does not restore: {proof.problem}")
    summary = f"{backup.name} restores: {proof.row_count or 0:,} rows"
    return TaskResult(_details(proof), summary, tables={"restored_tables": proof.tables})


def _details(proof: Proof) -> dict[str, Any]:
    age = proof.newest_row_at and (datetime.now(UTC) - proof.newest_row_at).total_seconds()
    return {
        "backup": proof.backup.name,
        "taken_at": proof.backup.taken_at.isoformat(),
        "bytes": proof.backup.bytes,
        "restore_seconds": round((proof.finished_at - proof.started_at).total_seconds(), 1),
        "rows": proof.row_count,
        "newest_row_at": proof.newest_row_at and proof.newest_row_at.isoformat(),
        "age_of_data_hours": age and round(age / 3600, 2),
        "checked": "; ".join(proof.details["checked"]),
    }
