"""What starts the tasks of a fleet: the registry is read again at each tick, and so is the clock.

A schedule of Dagster has one cron and knows no cursor. Here each database may have its own cron,
and what was due while the daemon was down is done once, late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dagster import (
    DagsterInstance,
    DefaultSensorStatus,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from maint_pipeline.instance.partitions import keep_in_step
from maint_pipeline.instance.tags import (
    RANGE_END_TAG,
    RANGE_START_TAG,
    RANGE_TAG,
    TRIGGER_TAG,
)
from maint_pipeline.registry.databases import Fleet
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.ranges import DueRange, Span, due_ranges
from maint_pipeline.schedules.schedules import lateness_tags
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings

MOST_SAID = 5


def databases_sensor(
    tasks: Sequence[Task], jobs: Sequence[Any], prefix: str = ""
) -> SensorDefinition:
    """Make the sensor; it needs the resource `maintenance`.

    Args:
        tasks: with the recommended crons.
        jobs: of the tasks.
        prefix: of its name, and of the names of jobs.
    """

    @sensor(
        name=f"{prefix}databases_sensor",
        jobs=jobs,
        minimum_interval_seconds=25,
        default_status=DefaultSensorStatus.RUNNING,
        description="Reads the registry (MAINT_DATABASES_FILE) and starts each task in each "
        "database when it is due, by the recommended crons or the registry's own.",
    )
    def tick(context: SensorEvaluationContext, maintenance: Maintenance) -> SensorResult:
        settings, moment = maintenance.settings(), datetime.now(UTC)
        fleet = load_fleet(settings)
        found, words = look(
            context.instance, fleet, tasks, settings, (_cursor(context.cursor, moment), moment)
        )
        return SensorResult(
            run_requests=[run_request(each, prefix, moment) for each in found],
            skip_reason=None if found else SkipReason(words),
            cursor=moment.isoformat(),
        )

    return tick


def look(
    instance: DagsterInstance,
    fleet: Fleet,
    tasks: Sequence[Task],
    settings: Settings,
    span: Span,
) -> tuple[list[DueRange], str]:
    """Keep Dagster's partitions in step with the registry, and find what is due.

    Args:
        instance: Dagster's.
        fleet: the databases at this moment.
        tasks: with the recommended crons.
        settings: of the environment.
        span: from the last look until now.

    Returns:
        The runs to launch, and what else there is to say.
    """
    keys = keep_in_step(instance, fleet)
    databases = {database.name: database for database in fleet.databases}
    due, problems = due_ranges(keys, databases, tasks, settings, span)
    problems += [f"{mistake.entry}: {mistake.problem}" for mistake in fleet.mistakes]
    words = f"{len(databases)} databases. Nothing is due."
    if problems:
        words += f" {len(problems)} problems (maint doctor): {'; '.join(problems[:MOST_SAID])}"
    return due, words


def run_request(due: DueRange, prefix: str, now: datetime) -> RunRequest:
    """Ask for a run over a range.

    Args:
        due: what is due.
        prefix: of the names of jobs.
        now: the tick's moment.
    """
    tags = {RANGE_TAG: "true", TRIGGER_TAG: "schedule", **lateness_tags(due.at, now)}
    first, last = due.databases[0], due.databases[-1]
    if first != last:
        tags |= {RANGE_START_TAG: first, RANGE_END_TAG: last}
    return RunRequest(
        run_key=due.key,
        job_name=f"{prefix}{due.task}",
        partition_key=first if first == last else None,
        tags=tags,
    )


def _cursor(cursor: str | None, otherwise: datetime) -> datetime:
    """Read when the last tick was; a first one finds nothing due."""
    try:
        return datetime.fromisoformat(cursor) if cursor else otherwise
    except ValueError:
        return otherwise
