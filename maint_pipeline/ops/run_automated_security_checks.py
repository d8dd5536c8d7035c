"""Every security check, hourly."""

from maint_pipeline.ops.checkup import CheckupConfig, checkup
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.task_runs.ledger import TaskRun


@maintenance_task(cron="0 * * * *", group="checks")
def run_automated_security_checks(run: TaskRun, config: CheckupConfig) -> TaskResult:
    """Run every security check, raise alerts for findings, resolve those whose finding is gone.

    The checks watch what people do, by the audit log (failed sign-ins, exports, bursts,
    administrators at odd hours, vanished rows), and how the database is set up: what the API
    exposes, roles and passwords, the server's settings, drift from an approved baseline.
    """
    return checkup(run, "security")
