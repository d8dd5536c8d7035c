"""Whether Dagster's daemon and what it asks are healthy, and where its storage is."""

from __future__ import annotations

from dagster import DagsterInstance
from dagster._core.scheduler.instigation import InstigatorState, InstigatorType, TickStatus
from dagster._daemon.controller import all_daemons_healthy

TOLERANCE_SECONDS = 60.0
"""Beyond the half minute that lies between two heartbeats."""

TICK_SECONDS = 150.0
"""How long ago a sensor's last tick may have begun: ours takes half a minute, at most a minute."""


def is_healthy(instance: DagsterInstance, since: float) -> bool:
    """Return whether all parts of the daemon send heartbeats, without errors.

    Args:
        instance: where they are.
        since: when the daemon started, in seconds of the epoch: those of another don't count.
    """
    beats = instance.get_daemon_heartbeats()
    needed = instance.get_required_daemon_types()
    are_its_own = all(kind in beats and beats[kind].timestamp >= since for kind in needed)
    return are_its_own and all_daemons_healthy(
        instance, heartbeat_tolerance_seconds=TOLERANCE_SECONDS
    )


def sensors_work(instance: DagsterInstance, since: float, now: float) -> bool:
    """Return whether sensors tick, and none of those that do fails.

    A tick is evaluated by the code server and, if it is of ours, asks the application's database:
    without one of them the daemon goes on, and sends its heartbeats.

    Args:
        instance: where the ticks are.
        since: seconds of the epoch; ticks of an earlier daemon don't count.
        now: seconds of the epoch.
    """
    oldest = max(since, now - TICK_SECONDS)
    states = instance.all_instigator_state(instigator_type=InstigatorType.SENSOR)
    found = [_last_tick(instance, state, oldest) for state in states if state.is_running]
    return TickStatus.FAILURE not in found and any(found)


def _last_tick(
    instance: DagsterInstance, state: InstigatorState, after: float
) -> TickStatus | None:
    """Give how the last tick that has ended did so; None where none has."""
    ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, after=after, limit=2)
    return next((tick.status for tick in ticks if tick.status != TickStatus.STARTED), None)


def postgres_url(instance: DagsterInstance) -> str | None:
    """Give SQLAlchemy's URL of an instance's storage; None where it is not in PostgreSQL."""
    url = getattr(instance.run_storage, "postgres_url", None)
    return None if url is None else str(url)
