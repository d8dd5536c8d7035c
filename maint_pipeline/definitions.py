"""The map of the code location: every asset, job, schedule, sensor and resource."""

from __future__ import annotations

from dagster import Definitions

from maint_pipeline.ops import all_tasks
from maint_pipeline.ops.maintenance_health import health_checks
from maint_pipeline.resources import Database
from maint_pipeline.schedules.schedules import schedule_of
from maint_pipeline.sensors.alert_delivery import alert_delivery_sensor
from maint_pipeline.sensors.backup_failures import backup_failure_sensor
from maint_pipeline.sensors.lost_runs import lost_run_sensor
from maint_pipeline.sensors.task_health import missed_run_sensor, run_failure_sensor
from maint_pipeline.settings import load_settings

_tasks = all_tasks().values()
_dry_runs = [job for task in _tasks if (job := task.dry_run_job)]

defs = Definitions(
    assets=[task.asset for task in _tasks],
    asset_checks=[health_checks],
    jobs=[*(task.job for task in _tasks), *_dry_runs],
    schedules=[schedule_of(task, load_settings().timezone) for task in _tasks if task.cron],
    sensors=[
        backup_failure_sensor,
        lost_run_sensor,
        run_failure_sensor,
        missed_run_sensor,
        alert_delivery_sensor,
    ],
    resources={"database": Database()},
)
