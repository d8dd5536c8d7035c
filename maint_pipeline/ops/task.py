"""What a maintenance task is: a declaration, from which its op and its jobs are made."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from time import monotonic
from typing import Any

from dagster import (
    AssetCheckEvaluation,
    AssetSpec,
    Config,
    DagsterExecutionInterruptedError,
    DagsterInvalidConfigError,
    Failure,
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

from maint_pipeline.crons import next_tick
from maint_pipeline.ledger import Origin, Outcome, TaskRun, run_recorded
from maint_pipeline.ops.advice import first_line
from maint_pipeline.ops.presentation import (
    asset_event,
    asset_key,
    job_description,
    result_metadata,
)
from maint_pipeline.settings import Settings, load_settings, variable
from maint_pipeline.windows import closed_reason, windows_binding

TRIGGER_TAG = "maint/trigger"
WINDOW_CLOSES_TAG = "maint/window_closes"
"""When the maintenance window of a scheduled run closes: heavy work stops then."""

GROUP_TAG = "maint/group"
RESULT_TAG = "maint/result"
"""What a run did, in a few words: the list of runs shows it."""

MOST_OF_A_TAG = 250


@dataclass(frozen=True)
class TaskResult:
    """What a task did.

    Attributes:
        details: goes to the ledger and the run page; JSON values.
        summary: a few words for the list of runs.
        tables: by title, rows for people to read in the run page.
        checks: judgements about the task's asset.
    """

    details: Mapping[str, Any]
    summary: str = ""
    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    checks: Sequence[AssetCheckEvaluation] = ()


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
        return GraphDefinition(name=f"{self.name}_graph", node_defs=[_validated_op(self)])

    @cached_property
    def job(self) -> JobDefinition:
        """The Dagster job: in process, because one op gains nothing from another process."""
        return self._graph.to_job(
            name=self.name,
            description=job_description(self.description, self.group, load_settings().docs_url),
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
            description=job_description(description, self.group, load_settings().docs_url),
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
        results: list[TaskResult] = []

        def work(run: TaskRun) -> Mapping[str, Any]:
            override = _note_override(run, task)
            results.append(task.work(run, config))
            return {**override, **results[0].details}

        started, began = origin(context), monotonic()
        try:
            with context.resources.database.url() as url:
                outcome = run_recorded(url, task.name, started, work, log=context.log.info)
        except DagsterExecutionInterruptedError:
            # Ctrl-C in a terminal is somebody's wish too; Dagster knows only those from its UI.
            if started.trigger == "cli":
                context.instance.report_run_canceling(context.run)
            raise
        except Exception as error:
            # The first thing that the run page shows of it, in red.
            raise Failure(first_line(error)) from error
        (result,) = results or (TaskResult({}, f"Skipped: {outcome.details.get('reason')}"),)
        if outcome.status == "skipped":
            context.log.warning(result.summary)
        else:
            for evaluation in result.checks:
                context.log_event(evaluation)  # type: ignore[arg-type]
            seconds = round(monotonic() - began, 3)
            context.log_event(asset_event(task.name, outcome.details, seconds))
        return Output(None, metadata=_shown(context, task, outcome, result))

    return run_task


def _shown(
    context: OpExecutionContext, task: Task, outcome: Outcome, result: TaskResult
) -> dict[str, Any]:
    """Give what the run page shows of a result, and tell it the list of runs as a tag."""
    summary = result.summary or outcome.status
    context.log.info(summary)
    context.instance.add_run_tags(context.run_id, {RESULT_TAG: summary[:MOST_OF_A_TAG]})
    zone = load_settings().timezone
    next_run = next_tick(task.cron, zone, datetime.now(UTC)) if task.cron else None
    return result_metadata(outcome, summary, result.tables, next_run)


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
