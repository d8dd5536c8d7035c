"""Whether every organization has a backup that would help."""

from maint_pipeline.ledger import TaskRun
from maint_pipeline.ops.checkup import CheckupConfig, checkup
from maint_pipeline.ops.task import TaskResult, maintenance_task


@maintenance_task(cron="0 4 * * *")
def verify_backup_health(run: TaskRun, config: CheckupConfig) -> TaskResult:
    """Check that every organization has an enabled, fresh and non-empty backup; raise alerts.

    Tells organizations without backup, failures of the last 48 hours, backups that silently
    stopped, hang or hold nothing, and settings that can't work.
    """
    return checkup(run, "backups")
