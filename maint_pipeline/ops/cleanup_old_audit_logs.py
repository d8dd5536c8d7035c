"""Audit logs past their retention."""

from maint_pipeline.ops.cleanup import CleanupConfig, cleanup
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.task_runs.ledger import TaskRun


@maintenance_task(cron="0 2 * * *", group="retention", heavy=True)
def cleanup_old_audit_logs(run: TaskRun, config: CleanupConfig) -> TaskResult:
    """Delete audit logs that are older than their retention, 90 days unless the policy differs.

    Works in short transactions, so that the application's requests don't wait; what is locked by
    others is left for the next run. Start with `dry_run` to see what would go.
    """
    return cleanup(run, "cleanup_old_audit_logs", config)
