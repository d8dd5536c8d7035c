"""The maintenance tasks: one file each, with its Config and its work.

A new file here is a new task: `all_tasks` finds it, and its job, schedule, launchpad form, ledger
row, lock and `maint run` follow from the declaration (`ops.task.maintenance_task`). The work itself
belongs to the rooms below (retention, checks, alerts).
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from maint_pipeline.ops.task import Task


def all_tasks() -> dict[str, Task]:
    """Find every task declared in this package.

    Returns:
        The tasks by name, in alphabetical order.
    """
    modules = [import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    tasks = [value for m in modules for value in vars(m).values() if isinstance(value, Task)]
    return {task.name: task for task in sorted(tasks, key=lambda task: task.name)}
