"""The map: every asset, check, job, schedule, sensor and resource of maintenance.

Importing this reads nothing of the environment; definitions.py is our own code location.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dagster import (
    AssetsDefinition,
    Definitions,
    ScheduleDefinition,
    load_asset_checks_from_package_module,
    load_assets_from_package_module,
)

from maint_pipeline import ops
from maint_pipeline.errors import UsageError
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.partitions import DATABASES
from maint_pipeline.ops import all_tasks, config_of, task_definitions
from maint_pipeline.ops.jobs import AssetJob, adapted_job, task_of
from maint_pipeline.ops.ranges import by_database
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.sensors.databases import databases_sensor
from maint_pipeline.sensors.maintenance import fleet_sensor, maintenance_sensor


def maintenance_definitions(
    maintenance: Maintenance,
    *,
    prefix: str = "",
    schedules: Mapping[str, str | None] | None = None,
    host: DagsterHost | None = None,
) -> Definitions:
    """Give every definition of maintenance, to merge with your own by `Definitions.merge`.

    Nothing reads a database, or the environment unless `maintenance` says so, while it loads.

    Args:
        maintenance: the database, and what is configured beside it. It is the resource
            `maintenance`; its time zone is that of the schedules.
        prefix: goes before the keys of assets and the names of jobs, schedules and sensors, such
            as `shop`: asset `shop/retention`, job `shop_cleanup_old_audit_logs`. Ops keep the
            names, and run config stays `ops: {TASK: {config: ...}}`.
        schedules: other crons than the recommended ones, by task; None for no schedule.
        host: what is known of the Dagster that it runs in; by default what its public interface
            gives.

    Returns:
        Assets, asset checks, jobs, schedules, sensors and the resources `maintenance` and
        `dagster_host`.

    Raises:
        UsageError: a schedule is given for a task that there is not.
    """
    tasks = all_tasks()
    chosen = dict(schedules or {})
    if unknown := chosen.keys() - tasks.keys():
        raise UsageError(f"There is no task {min(unknown)}. Tasks: {', '.join(tasks)}.")
    settings = maintenance.settings()
    before = f"{prefix}_" if prefix else ""
    found = load_assets_from_package_module(ops, key_prefix=prefix or None)
    assets = {task_of(a.op.name): a for a in found if isinstance(a, AssetsDefinition)}
    if settings.databases_file is not None:
        assets = {task: by_database(a, tasks[task].form) for task, a in assets.items()}
    partitions = DATABASES if settings.databases_file else None
    jobs = {}
    for job in task_definitions().jobs or ():
        task = config_of(job).task
        jobs[job.name] = adapted_job(job, assets.get(task), before, settings.docs_url, partitions)
    own = [replace(task, cron=chosen.get(name, task.cron)) for name, task in tasks.items()]
    resources = {"maintenance": maintenance, "dagster_host": host or DagsterHost()}
    if partitions:
        return Definitions(
            assets=list(assets.values()),
            jobs=list(jobs.values()),
            sensors=[
                fleet_sensor(own, before),
                databases_sensor(own, [jobs[task.name] for task in own], before),
            ],
            resources=resources,
        )
    keys = {task: sorted(asset.keys) for task, asset in assets.items()}
    return Definitions(
        assets=list(assets.values()),
        asset_checks=load_asset_checks_from_package_module(ops, asset_key_prefix=prefix or None),
        jobs=list(jobs.values()),
        schedules=_schedules(own, jobs, settings.timezone, chosen),
        sensors=[maintenance_sensor(own, before, host, keys)],
        resources=resources,
    )


def _schedules(
    tasks: Sequence[Task],
    jobs: Mapping[str, AssetJob],
    time_zone: str,
    chosen: Mapping[str, str | None],
) -> list[ScheduleDefinition]:
    """Make a schedule for each task that has a cron; one that is off where it only proposes one."""
    on = [
        task_schedule(jobs[task.name], task.cron, time_zone=time_zone, task=task.name)
        for task in tasks
        if task.cron
    ]
    off = [
        task_schedule(
            jobs[task.name], task.off_cron, time_zone=time_zone, task=task.name, is_on=False
        )
        for task in tasks
        if task.off_cron and task.name not in chosen
    ]
    return on + off
