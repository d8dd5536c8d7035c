"""What a maintenance task is: a declaration, from which its op and its jobs are made."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dagster import (
    AssetSpec,
    Config,
    DagsterInvalidConfigError,
    GraphDefinition,
    JobDefinition,
    in_process_executor,
)
from pydantic import ValidationError

from maint_pipeline.ops.presentation import asset_key, job_description
from maint_pipeline.ops.running import TaskResult, task_op
from maint_pipeline.settings import Settings, load_settings, variable
from maint_pipeline.task_runs.ledger import TaskRun

__all__ = ["Task", "TaskResult", "maintenance_task"]

GROUP_TAG = "maint/group"


@dataclass(frozen=True)
class Task:
    """A declared task. Its job has one op, both named like the task.

    Attributes:
        group: what kind of work it is; a tag of its jobs.
        needs_setting: the field of `Settings` without which its schedule has nothing to do.
    """

    name: str
    description: str
    cron: str | None
    group: str
    heavy: bool
    needs_setting: str | None
    config: type[Config]
    work: Callable[[TaskRun, Any], TaskResult]

    @cached_property
    def _graph(self) -> GraphDefinition:
        # A graph and its op can't share a name within one code location; the job can.
        return GraphDefinition(name=f"{self.name}_graph", node_defs=[task_op(self)])

    @cached_property
    def job(self) -> JobDefinition:
        """The Dagster job: in process, because one op gains nothing from another process."""
        return self._graph.to_job(
            name=self.name,
            description=job_description(self.description, self.group, load_settings()),
            executor_def=in_process_executor,
            tags={GROUP_TAG: self.group},
        )

    @cached_property
    def dry_run_job(self) -> JobDefinition | None:
        """The same job with `dry_run` filled in, for who wants to look first; None without one."""
        if "dry_run" not in self.config.model_fields:
            return None
        description = f"Only tells what {self.name} would do, and changes nothing."
        return self._graph.to_job(
            name=f"{self.name}_dry_run",
            description=job_description(description, self.group, load_settings()),
            config={"ops": {self.name: {"config": {"dry_run": True}}}},
            executor_def=in_process_executor,
            tags={GROUP_TAG: self.group},
        )

    @property
    def asset(self) -> AssetSpec:
        """The asset under which the UI plots the task's figures, run by run."""
        return AssetSpec(
            key=asset_key(self.name),
            description=f"Figures of every run of {self.name}. {self.description}",
            group_name="maintenance",
        )

    def lacks(self, settings: Settings) -> str | None:
        """Name the environment variable that the task needs and that is not set."""
        if self.needs_setting is None or getattr(settings, self.needs_setting) is not None:
            return None
        return variable(self.needs_setting, Settings.model_fields[self.needs_setting])

    def validate(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Check config values against the bounds of the task's Config.

        Args:
            values: by field name; fields that lack get their defaults.

        Returns:
            All values.

        Raises:
            DagsterInvalidConfigError: a value is out of bounds; the message says what is allowed.
        """
        try:
            return self.config(**values).model_dump()
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}, not {problem['input']!r}"
                for problem in error.errors()
            )
            raise DagsterInvalidConfigError(  # type: ignore[no-untyped-call]
                f"Error in the configuration of {self.name}: {problems}", [], values
            ) from None


def maintenance_task(
    *, cron: str | None, group: str, heavy: bool = False, needs_setting: str | None = None
) -> Callable[[Callable[[TaskRun, Any], TaskResult]], Task]:
    """Declare a function as the maintenance task of its name.

    Args:
        cron: the recommended schedule, in the configured time zone; None for what people start.
        group: what kind of work it is: retention, checks, backups, alerts, reports or upkeep.
        heavy: whether maintenance windows without a list of tasks bind it.
        needs_setting: field of `Settings`; while it is not set, the schedule skips and nobody
            misses a run.

    Returns:
        A decorator for `work(run: TaskRun, config: YourConfig) -> TaskResult`; the annotation of
        `config` makes the launchpad form, the docstring is what the UI shows.
    """

    def declare(work: Callable[[TaskRun, Any], TaskResult]) -> Task:
        return Task(
            name=work.__name__,
            description=inspect.getdoc(work) or "",
            cron=cron,
            group=group,
            heavy=heavy,
            needs_setting=needs_setting,
            config=inspect.get_annotations(work, eval_str=True)["config"],
            work=work,
        )

    return declare
