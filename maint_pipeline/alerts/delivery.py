"""Delivery: taking what is due out of the outbox, to its channels.

A notification is marked as sent only after its channel accepted it. Killed in between, it is sent
again, with the same Message-ID where that is mail. Which process does it is deliverer.py's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from maint_pipeline.alerts.channels import Channel, DeliveryError, UnansweredError, parse_channels
from maint_pipeline.alerts.messages import alert_message
from maint_pipeline.alerts.outbox import (
    channel_lock,
    defer,
    digest_threshold,
    due_notifications,
    mark_sent,
    record_failure,
)
from maint_pipeline.database.connection import Connection
from maint_pipeline.settings import Settings

FAILURES = 2
"""One failure can be the message's fault; after two the channel is left alone for a minute."""

Note = Callable[[Connection], None]
"""Records what became of a message."""


def configured_channels(settings: Settings) -> dict[str, Channel]:
    """Give the channels of MAINT_NOTIFY_URLS by name.

    Raises:
        ConfigurationError: see `parse_channels`.
    """
    urls = settings.notify_urls
    return parse_channels(urls.get_secret_value()) if urls else {}


def deliver(
    connection: Connection,
    channel: Channel,
    settings: Settings,
    *,
    go_on: Callable[[], bool] = lambda: True,
    record: Callable[[Note], None] | None = None,
) -> dict[str, int]:
    """Send a channel what is due, until nothing is, or it fails; nothing while others do that.

    Args:
        connection: in autocommit mode, as `maint_owner`, with a session of its own.
        channel: where to.
        settings: for what the messages say.
        go_on: asked before each message.
        record: does it with another connection, where this one broke while the server answered;
            None: it is not recorded then, and the message is sent again.

    Returns:
        How many notifications were `sent`, and how many `failed` and are tried again later.
    """
    done = {"sent": 0, "failed": 0}
    failures = 0
    with channel_lock(connection, channel.name) as alone:
        # Asked again before each message: an answer may take minutes.
        while alone and go_on() and (group := _next_group(connection, channel.name)):
            is_accepted, note = _send(channel, group, settings, connection.info.dbname)
            done["sent" if is_accepted else "failed"] += len(group)
            try:
                note(connection)
            except psycopg.OperationalError:
                if record is None or not connection.closed:
                    raise
                # The lock went with the session, so the rest is somebody else's.
                record(note)
                break
            failures += not is_accepted
            if failures == FAILURES:
                rest = due_notifications(connection, channel.name)
                defer(connection, [row["id"] for row in rest])
                break
    return done


def _send(
    channel: Channel, group: list[dict[str, Any]], settings: Settings, database: str
) -> tuple[bool, Note]:
    """Send a message; give whether it was accepted, and what records that."""
    ids = [row["id"] for row in group]
    try:
        remark = channel.send(alert_message(group, settings, database))
    except DeliveryError as error:
        problem, unanswered = str(error), isinstance(error, UnansweredError)
        return False, lambda connection: record_failure(
            connection, ids, problem, unanswered=unanswered
        )
    return True, lambda connection: mark_sent(connection, ids, remark)


def _next_group(connection: Connection, channel: str) -> list[dict[str, Any]]:
    """Return the notifications of the next message: one, or many as a digest."""
    due = due_notifications(connection, channel)
    return due if len(due) >= digest_threshold(connection, channel) else due[:1]
