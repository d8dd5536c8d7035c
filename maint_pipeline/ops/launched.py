"""What Dagster knows of a run: who launched it, why, and when its schedule does so next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from dagster import Config, OpExecutionContext

from maint_pipeline.instance.tags import ON_REQUEST_TAG, TRIGGER_TAG, USER_TAG, WINDOW_CLOSES_TAG
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.crons import next_tick
from maint_pipeline.task_runs.context import RunContext


def run_context(
    context: OpExecutionContext, config: Config, maintenance: Maintenance
) -> RunContext:
    """Find out from a run's tags what started it.

    Args:
        context: of the op.
        config: of the op; a field `dry_run` says whether it is a dry run.
        maintenance: whose settings say whether a proxy names users.
    """
    tags, turn = context.run.tags, maintenance.turn
    closes = tags.get(WINDOW_CLOSES_TAG)
    return RunContext(
        trigger=_trigger(tags),
        dagster_run_id=context.run_id,
        until=turn.until if turn else datetime.fromisoformat(closes) if closes else None,
        user=_user(tags, maintenance),
        dry_run=bool(getattr(config, "dry_run", False)),
        on_request=ON_REQUEST_TAG in context.op_def.tags,
        database=maintenance.database_name,
    )


def _trigger(tags: Mapping[str, str]) -> str:
    if TRIGGER_TAG in tags:
        return tags[TRIGGER_TAG]
    if "dagster/schedule_name" in tags:
        return "schedule"
    return "sensor" if "dagster/sensor_name" in tags else "manual"


def _user(tags: Mapping[str, str], maintenance: Maintenance) -> str | None:
    """Return the user who launched a run. A re-executed run has the tags of the run before."""
    is_copied = "dagster/parent_run_id" in tags and maintenance.settings().user_header is None
    return None if is_copied else tags.get(USER_TAG)


def next_run(context: OpExecutionContext) -> datetime | None:
    """Give when the job's schedule starts it next; None where no code location is loaded."""
    try:
        repository = context.repository_def
    except Exception:  # Dagster raises an internal error where a run has no code location
        return None
    for found in repository.schedule_defs:
        if found.job_name == context.job_name and isinstance(found.cron_schedule, str):
            zone = found.execution_timezone or "UTC"
            return next_tick(found.cron_schedule, zone, datetime.now(UTC))
    return None
