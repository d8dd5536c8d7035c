"""Delivery: taking what is due out of the outbox, to its channels.

A notification is marked as sent only after its channel accepted it. Killed in between, it is sent
again, with the same Message-ID where that is mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any

from maint_pipeline.alerts.channels import Channel, DeliveryError, parse_channels
from maint_pipeline.alerts.messages import alert_message
from maint_pipeline.alerts.outbox import (
    digest_from,
    due_notifications,
    mark_sent,
    postpone,
    put_off,
    register_channels,
    sole_deliverer,
)
from maint_pipeline.database.connection import Connection
from maint_pipeline.settings import Settings

BUDGET_SECONDS = 20.0
"""No message is begun later than this; a tick of a sensor has 60 seconds."""

FAILURES_IN_A_TICK = 2
"""One message may be the trouble; two are the server's, and it is left in peace for a minute."""


def configured_channels(settings: Settings) -> dict[str, Channel]:
    """Give the channels of MAINT_NOTIFY_URLS by name.

    Raises:
        ConfigurationError: see `parse_channels`.
    """
    urls = settings.notify_urls
    return parse_channels(urls.get_secret_value()) if urls else {}


def deliver(
    connection: Connection, channels: Mapping[str, Channel], settings: Settings
) -> dict[str, int]:
    """Send what is due, on each channel until it fails.

    Args:
        connection: in autocommit mode, as `maint_owner`, with a session of its own.
        channels: all that are configured, by name.
        settings: for what the messages say.

    Returns:
        How many notifications were `sent`, and how many were `put_off`.
    """
    deadline = monotonic() + BUDGET_SECONDS
    done = {"sent": 0, "put_off": 0}
    register_channels(connection, channels, settings.notify_min_severity)
    for channel in channels.values():
        # Asked every few seconds: to take the lock is to write, so only where something is due.
        if not due_notifications(connection, channel.name):
            continue
        with sole_deliverer(connection, channel.name) as alone:
            if alone:
                _deliver_to(connection, channel, settings, deadline, done)
    return done


def _deliver_to(
    connection: Connection,
    channel: Channel,
    settings: Settings,
    deadline: float,
    done: dict[str, int],
) -> None:
    failures = 0
    groups = _groups(connection, channel.name)
    while groups and monotonic() < deadline:
        group = groups.pop(0)
        ids = [row["id"] for row in group]
        try:
            remark = channel.send(alert_message(group, settings, connection.info.dbname))
        except DeliveryError as error:
            put_off(connection, ids, str(error))
            done["put_off"] += len(ids)
            failures += 1
            if failures == FAILURES_IN_A_TICK:
                postpone(connection, [row["id"] for group in groups for row in group])
                return
        else:
            mark_sent(connection, ids, remark)
            done["sent"] += len(ids)


def _groups(connection: Connection, channel: str) -> list[list[dict[str, Any]]]:
    """Give the messages: one for each notification, or one for many."""
    due = due_notifications(connection, channel)
    return [due] if len(due) >= digest_from(connection, channel) else [[row] for row in due]
