"""What happens when a task's job runs: its op, around the life cycle that the ledger records.

Annotations are real ones here, because Dagster looks at them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from dagster import (
    AssetCheckEvaluation,
    DagsterExecutionInterruptedError,
    Failure,
    Nothing,
    OpDefinition,
    OpExecutionContext,
    Out,
    Output,
    configured,
    op,
)

from maint_pipeline.instance.crons import next_tick
from maint_pipeline.ops.error_hints import first_line
from maint_pipeline.ops.presentation import asset_event, result_metadata
from maint_pipeline.processes import interrupted_once
from maint_pipeline.settings import load_settings
from maint_pipeline.task_runs.ledger import Origin, Outcome, TaskRun, run_recorded
from maint_pipeline.task_runs.windows import closed_reason, windows_binding

if TYPE_CHECKING:
    from maint_pipeline.ops.task import Task

TRIGGER_TAG = "maint/trigger"
USER_TAG = "maint/user"
"""Who launched a run, as the command line says it, or as a proxy signed them in."""

WINDOW_CLOSES_TAG = "maint/window_closes"
"""When the maintenance window of a scheduled run closes: heavy work stops then."""

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


def task_op(task: "Task") -> OpDefinition:
    """Make a task's op, such that Dagster checks bounds when it plans a run, not only in it.

    Dagster's own config types know no bounds, and a Config class is first built inside the op.
    """
    form = task.config.to_config_schema().as_field()
    validated: OpDefinition = configured(_op(task), config_schema=form, name=task.name)(
        task.validate
    )
    return validated


def _op(task: "Task") -> OpDefinition:
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

        started, began = _origin(context, task, config), monotonic()
        try:
            with interrupted_once():
                outcome = _recorded(context, task, started, work)
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


def _recorded(
    context: OpExecutionContext,
    task: "Task",
    started: Origin,
    work: Callable[[TaskRun], Mapping[str, Any]],
) -> Outcome:
    """Do the work with its row in the ledger, and have Dagster know why it was interrupted."""
    try:
        with context.resources.database.url() as url:
            return run_recorded(url, task.name, started, work, log=context.log.info)
    except DagsterExecutionInterruptedError:
        # Ctrl-C in a terminal is somebody's wish too; Dagster knows only those from its UI.
        if started.trigger == "cli":
            context.instance.report_run_canceling(context.run)
        raise


def _shown(
    context: OpExecutionContext, task: "Task", outcome: Outcome, result: TaskResult
) -> dict[str, Any]:
    """Give what the run page shows of a result, and tell it the list of runs as a tag."""
    summary = result.summary or outcome.status
    context.log.info(summary)
    context.instance.add_run_tags(context.run_id, {RESULT_TAG: summary[:MOST_OF_A_TAG]})
    zone = load_settings().timezone
    next_run = next_tick(task.cron, zone, datetime.now(UTC)) if task.cron else None
    return result_metadata(outcome, summary, result.tables, next_run)


def _note_override(run: TaskRun, task: "Task") -> dict[str, str]:
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


def _origin(context: OpExecutionContext, task: "Task", config: Any) -> Origin:
    dry_run = bool(getattr(config, "dry_run", False))
    return replace(origin(context), dry_run=dry_run, on_request=task.cron is None)


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
    until = datetime.fromisoformat(closes) if closes else None
    return Origin(trigger, context.run_id, until, _user(context))


def _user(context: OpExecutionContext) -> str | None:
    """Tell who launched a run. One that is executed again has the tags of the run before."""
    is_copied = "dagster/parent_run_id" in context.run_tags and load_settings().user_header is None
    return None if is_copied else context.run_tags.get(USER_TAG)
