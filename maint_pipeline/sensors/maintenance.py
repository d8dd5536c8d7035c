"""The one sensor: a tick of it watches until the next one is due (watching.py).

Each tick of a sensor costs Dagster a row and several sessions of its storage, so there is one,
every 30 seconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dagster import (
    AssetKey,
    DefaultSensorStatus,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.tasks import Task


def maintenance_sensor(
    tasks: Sequence[Task],
    prefix: str = "",
    host: DagsterHost | None = None,
    assets: Mapping[str, Sequence[AssetKey]] | None = None,
) -> SensorDefinition:
    """Make the sensor; it needs the resource `maintenance`.

    Args:
        tasks: with the crons by which they are scheduled.
        prefix: of its name.
        host: which knows when this process is to end; by default by the public interface.
        assets: the keys by the task that maintains them, for the plots' past.
    """

    @sensor(
        name=f"{prefix}maintenance_sensor",
        minimum_interval_seconds=15,
        default_status=DefaultSensorStatus.RUNNING,
        description="Raises an alert for each failed backup, as it fails if the database can "
        "notify, and for each scheduled task that failed or has not completed in time; closes task "
        "runs whose worker has ended; looks at the database's health every five minutes; delivers "
        "alert notifications to the configured channels.",
    )
    def tick(context: SensorEvaluationContext, maintenance: Maintenance) -> SkipReason:
        # Imported here: the process of a run loads this sensor too, and never calls it.
        from maint_pipeline.sensors.backup_failures import read_cursor  # noqa: PLC0415
        from maint_pipeline.sensors.watching import (  # noqa: PLC0415
            TICK_SECONDS,
            Tick,
            WatchError,
            watch,
        )

        with maintenance.url() as url:
            last = read_cursor(context.cursor)
            seen = Tick(
                url, maintenance.settings(), context.instance, tasks, last, TICK_SECONDS, prefix,
                host or DagsterHost(), assets or {},
            )  # fmt: skip
            watch(seen)
        if seen.failed:
            said = "; ".join(f"{name}: {str(error).strip()}" for name, error in seen.failed.items())
            raise WatchError(f"Watching failed. {said}") from next(iter(seen.failed.values()))
        context.update_cursor(json.dumps(asdict(seen.look)))
        return SkipReason(" ".join(seen.words) or "Nothing happened.")

    return tick


def fleet_sensor(tasks: Sequence[Task], prefix: str = "") -> SensorDefinition:
    """Make the sensor of the same name for the databases of a registry.

    Args:
        tasks: with the recommended crons.
        prefix: of its name.
    """
    watches: list[Any] = []

    @sensor(
        name=f"{prefix}maintenance_sensor",
        minimum_interval_seconds=30,
        default_status=DefaultSensorStatus.RUNNING,
        description="Listens to every database of the registry: raises an alert for each failed "
        "backup as it fails, and for each scheduled task that failed or has not completed in time; "
        "closes task runs whose worker has ended; delivers what waits in all databases together.",
    )
    def tick(context: SensorEvaluationContext, maintenance: Maintenance) -> SkipReason:
        # Imported here, as above.
        from maint_pipeline.registry.loading import load_fleet  # noqa: PLC0415
        from maint_pipeline.sensors.fleet import FleetWatch  # noqa: PLC0415

        if not watches:
            watches.append(FleetWatch(tasks))
        return SkipReason(watches[0].tick(load_fleet(maintenance.settings())))

    return tick
