"""What a maintenance task is: a declaration, from which its op and its job are made."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from dagster import (
    AssetSpec,
    Config,
    DagsterExecutionInterruptedError,
    DagsterInvalidConfigError,
    GraphDefinition,
    JobDefinition,
    Nothing,
    OpDefinition,
    OpExecutionContext,
    Out,
    Output,
    configured,
    in_process_executor,
    op,
)
from pydantic import ValidationError

from maint_pipeline.ledger import Origin, TaskRun, run_recorded
from maint_pipeline.ops.presentation import asset_event, asset_key, result_metadata
from maint_pipeline.settings import Settings, variable
from maint_pipeline.windows import closed_reason, windows_binding

TRIGGER_TAG = "maint/trigger"
WINDOW_CLOSES_TAG = "maint/window_closes"
"""When the maintenance window of a scheduled run closes: heavy work stops then."""


@dataclass(frozen=True)
class TaskResult:
    """What a task did.

    Attributes:
        details: goes to the ledger and the run page; JSON values.
        tables: by title, rows for people to read in the run page.
    """

    details: Mapping[str, Any]
    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """A declared task. Its job has one op, both named like the task.

    Attributes:
        needs_setting: the field of `Settings` without which its schedule has nothing to do.
    """

    name: str
    description: str
    cron: str | None
    heavy: bool
    needs_setting: str | None
    config: type[Config]
    work: Callable[[TaskRun, Any], TaskResult]

    @cached_property
    def job(self) -> JobDefinition:
        """The Dagster job: in process, because one op gains nothing from another process."""
        return GraphDefinition(
            # A graph and its op can't share a name within one code location; the job can.
            name=f"{self.name}_graph",
            node_defs=[_validated_op(self)],
        ).to_job(
            name=self.name,
            description=self.description,
            executor_def=in_process_executor,
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
    *, cron: str | None, heavy: bool = False, needs_setting: str | None = None
) -> Callable[[Callable[[TaskRun, Any], TaskResult]], Task]:
    """Declare a function as the maintenance task of its name.

    Args:
        cron: the recommended schedule, in the configured time zone; None for what people start.
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
            heavy=heavy,
            needs_setting=needs_setting,
            config=inspect.get_annotations(work, eval_str=True)["config"],
            work=work,
        )

    return declare


def _validated_op(task: Task) -> OpDefinition:
    """Wrap the op so that Dagster checks bounds when it plans a run, not only when it works.

    Dagster's own config types know no bounds, and a Config class is first built inside the op.
    """
    form = task.config.to_config_schema().as_field()
    validated: OpDefinition = configured(_op(task), config_schema=form, name=task.name)(
        task.validate
    )
    return validated


def _op(task: Task) -> OpDefinition:
    @op(
        name=f"{task.name}_work",
        description=task.description,
        config_schema=task.config.to_config_schema().as_field(),
        required_resource_keys={"database"},
        out=Out(Nothing),  # nothing to hand on, so nothing is pickled
    )
    def run_task(context: OpExecutionContext) -> Output[None]:
        config = task.config(**context.op_config)
        tables: dict[str, list[dict[str, Any]]] = {}

        def work(run: TaskRun) -> Mapping[str, Any]:
            override = _note_override(run, task)
            result = task.work(run, config)
            tables.update(result.tables)
            return {**override, **result.details}

        started = origin(context)
        try:
            with context.resources.database.url() as url:
                outcome = run_recorded(url, task.name, started, work, log=context.log.info)
        except DagsterExecutionInterruptedError:
            # Ctrl-C in a terminal is somebody's wish too; Dagster knows only those from its UI.
            if started.trigger == "cli":
                context.instance.report_run_canceling(context.run)
            raise
        if outcome.status == "skipped":
            context.log.warning(f"Skipped: {outcome.details['reason']}")
        else:
            context.log_event(asset_event(task.name, outcome.details))
        return Output(None, metadata=result_metadata(outcome, tables))

    return run_task


def _note_override(run: TaskRun, task: Task) -> dict[str, str]:
    """Record that somebody started a task while its maintenance window is closed."""
    if run.origin.trigger == "schedule":
        return {}
    windows = windows_binding(run.connection, task.name, task.heavy)
    reason = closed_reason(windows, datetime.now(UTC))
    if reason is None:
        return {}
    override = {"window_override": f"Started all the same ({run.origin.trigger}). {reason}"}
    run.note(**override)
    run.log(override["window_override"])
    return override


def origin(context: OpExecutionContext) -> Origin:
    """Tell from a run's tags what started it."""
    tags = context.run_tags
    if TRIGGER_TAG in tags:
        trigger = tags[TRIGGER_TAG]
    elif "dagster/schedule_name" in tags:
        trigger = "schedule"
    elif "dagster/sensor_name" in tags:
        trigger = "sensor"
    else:
        trigger = "manual"
    closes = tags.get(WINDOW_CLOSES_TAG)
    return Origin(trigger, context.run_id, datetime.fromisoformat(closes) if closes else None)
