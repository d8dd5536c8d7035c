"""Telling people of alerts: what the outbox holds goes to the channels of MAINT_NOTIFY_URLS."""

from dagster import DefaultSensorStatus, SensorDefinition, SkipReason, sensor

from maint_pipeline.alerts.delivery import configured_channels, deliver
from maint_pipeline.resources import Database
from maint_pipeline.settings import load_settings


@sensor(
    name="alert_delivery_sensor",
    minimum_interval_seconds=1,
    default_status=DefaultSensorStatus.RUNNING,
    description="Sends what people are to hear of alerts to the channels of MAINT_NOTIFY_URLS.",
)
def _alert_delivery_sensor(database: Database) -> SkipReason:
    settings = load_settings()
    channels = configured_channels(settings)
    with database.connect("maint alert_delivery_sensor") as connection:
        done = deliver(connection, channels, settings)
    if not channels:
        return SkipReason("Nobody is told: MAINT_NOTIFY_URLS is not set.")
    if done["put_off"]:
        return SkipReason(
            f"Sent {done['sent']}; {done['put_off']} could not be sent and are tried again later. "
            "maint notifications shows why."
        )
    return SkipReason(f"Sent {done['sent']}." if done["sent"] else "Nothing to tell.")


alert_delivery_sensor: SensorDefinition = _alert_delivery_sensor
