"""Delivery as one tick of the sensor leads to it, in this process and to its end."""

from collections import Counter
from collections.abc import Mapping

from maint_pipeline.alerts.channels import Channel
from maint_pipeline.alerts.delivery import deliver
from maint_pipeline.alerts.outbox import register_channels, waiting_channels
from maint_pipeline.database.connection import Connection
from maint_pipeline.settings import Settings


def tell_all(
    connection: Connection, channels: Mapping[str, Channel], settings: Settings
) -> dict[str, int]:
    register_channels(connection, channels, settings.notify_min_severity)
    done = Counter({"sent": 0, "failed": 0})
    for name in waiting_channels(connection, channels):
        done.update(deliver(connection, channels[name], settings))
    return dict(done)
