"""A task run inside Dagster: its row in the ledger, and what the UI shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from dagster import (
    AssetCheckEvaluation,
    AssetExecutionContext,
    AssetKey,
    AssetMaterialization,
    AssetObservation,
    Config,
    DagsterError,
    DagsterExecutionInterruptedError,
    Failure,
    MaterializeResult,
    OpExecutionContext,
)
from sqlalchemy.exc import SQLAlchemyError

from maint_pipeline.error_hints import first_line
from maint_pipeline.instance.tags import HEAVY_TAG, MOST_OF_A_TAG, RESULT_TAG
from maint_pipeline.ops.jobs import task_of
from maint_pipeline.ops.launched import next_run, run_context
from maint_pipeline.ops.presentation import figures, result_metadata
from maint_pipeline.registry.loading import find_database
from maint_pipeline.resources import DatabaseOfFleet, Maintenance
from maint_pipeline.signals import interrupted_once
from maint_pipeline.task_runs.context import Outcome
from maint_pipeline.task_runs.ledger import TaskRun, run_recorded
from maint_pipeline.task_runs.results import result_in_words
from maint_pipeline.task_runs.windows import closed_reason, windows_binding

Work = Callable[[TaskRun], "TaskResult"]


@dataclass(frozen=True)
class TaskResult:
    """What a task did.

    Attributes:
        details: goes to the ledger and the run page; JSON values.
        summary: a few words for the list of runs, the number first.
        tables: by title, rows for people to read in the run page.
        by_asset: figures by the last part of an asset's key, where a task maintains several, or
            looks at one of another task; by default its assets get the numbers of the details.
        by_table: figures of single tables, by schema and name.
        checks: results of asset checks.
    """

    details: Mapping[str, Any]
    summary: str = ""
    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    by_asset: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_table: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    checks: Sequence[AssetCheckEvaluation] = ()


def maintain(
    context: AssetExecutionContext, config: Config, maintenance: Maintenance, work: Work
) -> Iterator[MaterializeResult[Any]]:
    """Do the work of a task on its assets, recorded in the ledger.

    Every run leaves an observation with its whole result on its first asset. Figures to follow go
    into materializations, which stay when old runs are pruned; a skipped or dry run has none.

    Args:
        context: of the op.
        config: of the op; a field `dry_run` says whether it is a dry run.
        maintenance: the database.
        work: gets the run, returns what it did.

    Yields:
        A result for each asset of the op.

    Raises:
        Failure: the work failed; the first line says what happened and what to do.
    """
    began = monotonic()
    outcome, result = record(context.op_execution_context, config, maintenance, work)
    own, chosen = [spec.key for spec in context.assets_def.specs], context.selected_asset_keys
    keys = [key for key in own if key in chosen]
    if maintenance.turn:
        # Of one database of many there is a state and figures; its ledger has the rest.
        yield from _results(keys, outcome, result, began, {"status": outcome.status})
        return
    metadata = shown(context.op_execution_context, outcome, result)
    context.log_event(AssetObservation(asset_key=keys[0], metadata=metadata))
    if outcome.status == "skipped" or getattr(config, "dry_run", False):
        return
    prefix = keys[0].path[:-1]
    for check in result.checks:
        context.log_event(_prefixed(check, prefix))
    for (schema, table), state in result.by_table.items():
        key = AssetKey([*prefix, "tables", schema, table])
        context.log_event(AssetMaterialization(asset_key=key, metadata=figures(state)))
    for name in result.by_asset.keys() - {key.path[-1] for key in own}:
        others = AssetMaterialization([*prefix, name], metadata=figures(result.by_asset[name]))
        context.log_event(others)
    yield from _results(keys, outcome, result, began, {})


def _results(
    keys: Sequence[AssetKey],
    outcome: Outcome,
    result: TaskResult,
    began: float,
    words: Mapping[str, str],
) -> Iterator[MaterializeResult[Any]]:
    if outcome.status == "skipped":
        words = {**words, "reason": str(outcome.details.get("reason"))}
    seconds = round(monotonic() - began, 3)
    for key in keys:
        numbers = result.by_asset.get(key.path[-1], {} if result.by_asset else outcome.details)
        shown = figures({**numbers, "duration_seconds": seconds})
        yield MaterializeResult(asset_key=key, metadata={**words, **shown})


def record(
    context: OpExecutionContext, config: Config, maintenance: Maintenance, work: Work
) -> tuple[Outcome, TaskResult]:
    """Do the work of a task with its row in the ledger, whatever the outcome.

    Args:
        context: of the op, whose name says the task.
        config: as above.
        maintenance: as above.
        work: as above.

    Returns:
        The outcome as recorded, and what the work returned; a reason where it was skipped.

    Raises:
        Failure: as above.
    """
    task, heavy = task_of(context.op_def.name), HEAVY_TAG in context.op_def.tags
    maintenance = _of_its_database(context, maintenance)
    turn = maintenance.turn
    results: list[TaskResult] = []
    runs: list[TaskRun] = []

    def do(run: TaskRun) -> Mapping[str, Any]:
        runs.append(run)
        with turn.of(run) if turn else nullcontext():
            override = _note_override(run, heavy)
            results.append(work(run))
        return {**override, **results[0].details}

    started = run_context(context, config, maintenance)
    log = turn.log if turn else context.log.info
    with interrupted_once():
        try:
            with maintenance.url() as url:
                outcome = run_recorded(url, task, started, do, log=log)
        except DagsterExecutionInterruptedError as interruption:
            # Ctrl-C in a terminal is somebody's wish too; Dagster knows only those from its UI.
            if started.trigger == "cli":
                context.instance.report_run_canceling(context.run)
            set_result_tag(context, _stopped("canceled", runs, interruption))
            raise
        except Exception as error:
            if not turn:
                set_result_tag(context, _stopped("failed", runs, error))
            # The first thing that the run page shows of it, in red.
            raise Failure(first_line(error)) from error
    (result,) = results or (TaskResult({}, f"skipped: {outcome.details.get('reason')}"),)
    if outcome.status == "skipped" and not turn:
        context.log.warning(result.summary)
    return outcome, result


def _of_its_database(context: OpExecutionContext, maintenance: Maintenance) -> Maintenance:
    """Give a run of one partition the database of that name."""
    if maintenance.database_name or not context.has_partition_key:
        return maintenance
    return DatabaseOfFleet.of(find_database(maintenance.settings(), context.partition_key))


def shown(context: OpExecutionContext, outcome: Outcome, result: TaskResult) -> dict[str, Any]:
    """Return what the run page shows of a result, and set the tag for the list of runs.

    Args:
        context: of the op.
        outcome: as `record` returned it.
        result: likewise.
    """
    summary = result.summary or outcome.status
    context.log.info(summary)
    set_result_tag(context, summary)
    return result_metadata(outcome, summary, result.tables, next_run(context))


def _prefixed(check: AssetCheckEvaluation, prefix: Sequence[str]) -> AssetCheckEvaluation:
    return AssetCheckEvaluation(
        asset_key=AssetKey([*prefix, *check.asset_key.path]), check_name=check.check_name,
        passed=check.passed, severity=check.severity, description=check.description,
        metadata=check.metadata,
    )  # fmt: skip


def set_result_tag(context: OpExecutionContext, summary: str) -> None:
    """Say in the list of runs what a run did, the number first."""
    # The storage may be why the run ends; what the run says of it is worth more than a tag.
    with suppress(DagsterError, SQLAlchemyError, OSError):
        context.instance.add_run_tags(context.run_id, {RESULT_TAG: summary[:MOST_OF_A_TAG]})


def _stopped(status: str, runs: list[TaskRun], error: BaseException) -> str:
    """Say how far a run had come that was canceled or failed."""
    progress = (runs[0].latest_progress or {}) if runs else {}
    details = {"progress": progress}
    return result_in_words({"status": status, "details": details, "error_message": str(error)})


def _note_override(run: TaskRun, heavy: bool) -> dict[str, str]:
    """Record that somebody started a task while its maintenance window is closed."""
    if run.context.trigger == "schedule":
        return {}
    windows = windows_binding(run.connection, run.task_name, heavy)
    reason = closed_reason(windows, datetime.now(UTC))
    if reason is None:
        return {}
    override = {"window_override": f"Started anyway ({run.context.trigger}). {reason}"}
    run.note(**override)
    run.log(override["window_override"])
    return override
