"""Delivery of notifications: from the outbox to the channels of MAINT_NOTIFY_URLS.

Separate processes send them, because a server may take longer to answer than a tick has.
"""

from dagster import DefaultSensorStatus, SensorDefinition, SkipReason, sensor

from maint_pipeline.alerts.deliverer import at_work, start_deliverers
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.alerts.outbox import register_channels, waiting_channels
from maint_pipeline.resources import Maintenance


def alert_delivery_sensor(prefix: str = "") -> SensorDefinition:
    """Make the sensor.

    Args:
        prefix: of its name.
    """

    @sensor(
        name=f"{prefix}alert_delivery_sensor",
        minimum_interval_seconds=1,
        default_status=DefaultSensorStatus.RUNNING,
        description="Delivers alert notifications to the configured channels.",
    )
    def tick(maintenance: Maintenance) -> SkipReason:
        settings = maintenance.settings()
        channels = configured_channels(settings)
        with maintenance.connect("maint alert_delivery_sensor") as connection:
            register_channels(connection, channels, settings.notify_min_severity)
            waiting = waiting_channels(connection, channels)
        if not channels:
            return SkipReason("Notifications are off: MAINT_NOTIFY_URLS is not set.")
        failed = start_deliverers(waiting)
        if failed:
            return SkipReason(
                f"The last delivery to {', '.join(failed)} failed; the error is in the code "
                "server's log. It is retried. maint notifications shows what is waiting."
            )
        working = at_work()
        return SkipReason(
            f"Delivering to {', '.join(working)}." if working else "No notifications due."
        )

    return tick
