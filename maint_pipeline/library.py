"""The map: every asset, check, job, schedule, sensor and resource of maintenance.

Importing this reads nothing of the environment; definitions.py is our own code location.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dagster import (
    AssetsDefinition,
    Definitions,
    JobDefinition,
    load_asset_checks_from_package_module,
    load_assets_from_package_module,
)

from maint_pipeline import ops
from maint_pipeline.errors import UsageError
from maint_pipeline.ops import all_tasks, task_definitions
from maint_pipeline.ops.jobs import dry_run_job, task_job, task_of
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.sensors.maintenance import maintenance_sensor


def maintenance_definitions(
    maintenance: Maintenance,
    *,
    prefix: str = "",
    schedules: Mapping[str, str | None] | None = None,
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

    Returns:
        Assets, asset checks, jobs, schedules, sensors and the resource.

    Raises:
        UsageError: a schedule is given for a task that there is not.
    """
    tasks = all_tasks()
    crons = {name: task.cron for name, task in tasks.items()} | dict(schedules or {})
    if unknown := crons.keys() - tasks.keys():
        raise UsageError(f"There is no task {min(unknown)}. Tasks: {', '.join(tasks)}.")
    settings = maintenance.settings()
    before = f"{prefix}_" if prefix else ""
    found = load_assets_from_package_module(ops, key_prefix=prefix or None)
    assets = [asset for asset in found if isinstance(asset, AssetsDefinition)]
    jobs: list[Any] = [_renamed(job, before) for job in _op_jobs()]
    timed = []
    for asset in assets:
        task = tasks[task_of(asset.op.name)]
        job = task_job(asset, task.config, prefix=before, docs_url=settings.docs_url)
        jobs.append(job)
        if "dry_run" in task.config.model_fields:
            jobs.append(dry_run_job(asset, task.config, prefix=before, docs_url=settings.docs_url))
        if cron := crons[task.name]:
            zone = settings.timezone
            timed.append(task_schedule(job, cron, time_zone=zone, task=task.name))
    scheduled = [replace(task, cron=crons[task.name]) for task in tasks.values()]
    return Definitions(
        assets=assets,
        asset_checks=load_asset_checks_from_package_module(ops, asset_key_prefix=prefix or None),
        jobs=jobs,
        schedules=timed,
        sensors=[maintenance_sensor(scheduled, before)],
        resources={"maintenance": maintenance},
    )


def _op_jobs() -> list[JobDefinition]:
    """Give the jobs of tasks that maintain no asset: what people do with something."""
    return [job for job in task_definitions().jobs or () if isinstance(job, JobDefinition)]


def _renamed(job: JobDefinition, prefix: str) -> JobDefinition:
    if not prefix:
        return job
    return job.graph.to_job(
        name=f"{prefix}{job.name}", description=job.description,
        executor_def=job.executor_def, config=job.config_mapping, tags=job.tags,
        run_tags=job.run_tags,
    )  # fmt: skip
