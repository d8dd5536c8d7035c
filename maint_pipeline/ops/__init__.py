"""The maintenance tasks: one file each, in plain Dagster, with its Config, op, job and schedule.

A new file here is a new task: Dagster's loader finds its definitions. The work itself belongs to
the rooms below (retention, checks, alerts, backups).
"""

from __future__ import annotations

import sys
import warnings
from functools import cache
from typing import Any

from dagster import (
    DefaultScheduleStatus,
    Definitions,
    JobDefinition,
    PreviewWarning,
    ScheduleDefinition,
    load_definitions_from_package_module,
)

from maint_pipeline.errors import UsageError
from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG, NEEDS_TAG
from maint_pipeline.ops.jobs import CheckedConfig
from maint_pipeline.schedules.tasks import Task


@cache
def task_definitions() -> Definitions:
    """Load every asset, check, job and schedule of this package, by Dagster's own loader."""
    with warnings.catch_warnings():
        # A preview in 1.13; what it returns is tested (tests/unit/test_tasks.py).
        warnings.simplefilter("ignore", PreviewWarning)
        return load_definitions_from_package_module(sys.modules[__name__])


@cache
def all_tasks() -> dict[str, Task]:
    """Read the tasks from their definitions.

    Returns:
        The tasks by name, in alphabetical order, with their recommended schedules.
    """
    found = task_definitions()
    crons = {
        schedule.job_name: (str(schedule.cron_schedule), schedule.default_status)
        for schedule in found.schedules or ()
        if isinstance(schedule, ScheduleDefinition)
    }
    tasks = [
        _task(job, config, *crons.get(job.name, (None, None)))
        for job in found.jobs or ()
        if not (config := config_of(job)).is_dry_run
    ]
    return {task.name: task for task in sorted(tasks, key=lambda task: task.name)}


def task_named(name: str) -> Task:
    """Give a task.

    Raises:
        UsageError: there is none of this name; the message has all names.
    """
    tasks = all_tasks()
    if name not in tasks:
        raise UsageError(f"There is no task {name}. Tasks: {', '.join(tasks)}.")
    return tasks[name]


def config_of(job: Any) -> CheckedConfig:
    """Give the checked config of a job of this package.

    Raises:
        TypeError: it has none.
    """
    config = job.config_mapping if isinstance(job, JobDefinition) else job.config
    if not isinstance(config, CheckedConfig):
        raise TypeError(f"the job {job.name} of maint_pipeline.ops has no CheckedConfig")
    return config


def _task(
    job: Any, config: CheckedConfig, cron: str | None, status: DefaultScheduleStatus | None
) -> Task:
    is_on = status is DefaultScheduleStatus.RUNNING
    return Task(
        name=job.name,
        description=config.description,
        cron=cron if is_on else None,
        off_cron=None if is_on else cron,
        group=job.tags[GROUP_TAG],
        heavy=HEAVY_TAG in job.tags,
        needs=job.tags.get(NEEDS_TAG),
        config=config.form,
    )
