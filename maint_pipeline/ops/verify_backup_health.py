"""Whether every organization has a backup that would help."""

from maint_pipeline.backups.watch import look_at_source
from maint_pipeline.ops.checkup import CheckupConfig, checkup
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.settings import load_settings
from maint_pipeline.task_runs.ledger import TaskRun


@maintenance_task(cron="0 4 * * *", group="backups")
def verify_backup_health(run: TaskRun, config: CheckupConfig) -> TaskResult:
    """Check that every organization has an enabled, fresh and non-empty backup; raise alerts.

    Tells organizations without backup, failures of the last 48 hours, backups that silently
    stopped, hang or hold nothing, and settings that can't work.
    """
    if source := load_settings().restore_source:
        look_at_source(run.connection, source)
    return checkup(run, "backups")
