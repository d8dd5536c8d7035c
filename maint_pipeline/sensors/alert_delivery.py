"""Delivery of notifications: from the outbox to the channels of MAINT_NOTIFY_URLS.

Separate processes send them, because a server may take longer to answer than a tick has.
"""

from collections.abc import Iterable

from maint_pipeline.alerts.deliverer import at_work, start_deliverers
from maint_pipeline.alerts.outbox import waiting_channels
from maint_pipeline.database.connection import Connection
from maint_pipeline.settings import Settings


def deliver_what_waits(connection: Connection, channels: Iterable[str], settings: Settings) -> str:
    """Start a process for each channel with due notifications, unless one is running.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        channels: the names of all that are configured.
        settings: that configure them.

    Returns:
        To which channels something is being delivered, or what is wrong, in words; empty where
        there is nothing to say.
    """
    waiting = waiting_channels(connection, channels)
    if failed := start_deliverers(waiting, settings):
        return (
            f"The last delivery to {', '.join(failed)} ended with an error, which the code "
            "server's log has; it is tried again. maint notifications shows what waits."
        )
    working = at_work()
    return f"Delivering to {', '.join(working)}." if working else ""
