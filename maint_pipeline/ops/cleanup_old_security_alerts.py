"""Security alerts that were resolved long ago."""

from maint_pipeline.ops.cleanup import CleanupConfig, cleanup
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.task_runs.ledger import TaskRun


@maintenance_task(cron="0 3 * * 0", group="retention", heavy=True)
def cleanup_old_security_alerts(run: TaskRun, config: CleanupConfig) -> TaskResult:
    """Delete security alerts that were resolved more than 30 days ago; open ones never.

    The policy of the same name can set another time. Start with `dry_run` to see what would go.
    """
    return cleanup(run, "cleanup_old_security_alerts", config)
