"""Whether Dagster's daemon is healthy, and where its storage is."""

from __future__ import annotations

from dagster import DagsterInstance
from dagster._daemon.controller import all_daemons_healthy

TOLERANCE_SECONDS = 60.0
"""Beyond the half minute that lies between two heartbeats."""


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


def postgres_url(instance: DagsterInstance) -> str | None:
    """Give SQLAlchemy's URL of an instance's storage; None where it is not in PostgreSQL."""
    url = getattr(instance.run_storage, "postgres_url", None)
    return None if url is None else str(url)
