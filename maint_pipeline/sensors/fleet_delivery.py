"""A process that delivers to one channel what waits in several databases, as one message.

As alerts/deliverer.py does for one database: it holds the channel's lock in each database, marks as
sent only what was accepted, and ends when nothing is due.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.alerts.channels import DeliveryError, UnansweredError
from maint_pipeline.alerts.deliverer import Limited
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.alerts.messages import alert_message
from maint_pipeline.alerts.outbox import (
    channel_lock,
    due_notifications,
    mark_sent,
    record_failure,
)
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.errors import MaintError
from maint_pipeline.registry.loading import find_databases
from maint_pipeline.resources import DatabaseOfFleet
from maint_pipeline.sensors.sending import start_sending
from maint_pipeline.settings import Settings, load_settings

MOST_AT_ONCE = 200
"""Databases of one message: each has a session with a lock while it is sent."""

_started: dict[tuple[str, str], subprocess.Popen[bytes]] = {}


def start_gathered(channel: str, names: Sequence[str], urls: str) -> bool:
    """Start a process for a channel, unless one is running for it.

    Args:
        channel: its name.
        names: of the databases in whose outboxes something waits for it.
        urls: the MAINT_NOTIFY_URLS that name it; the same for all of these databases.

    Returns:
        Whether one was started; else what waits is for the next one.
    """
    last = _started.get((channel, urls))
    if last and last.poll() is None:
        return False
    _started[channel, urls] = start_sending(__name__, channel, list(names))
    return True


@dataclass(frozen=True)
class _Waiting:
    """What is due in one database for a channel."""

    name: str
    connection: Connection
    rows: list[dict[str, Any]]


def deliver_gathered(channel_name: str, names: Sequence[str]) -> int:
    """Send one message with what is due in these databases; nothing of one that others deliver.

    Args:
        channel_name: of the channel.
        names: of databases of the registry, which have this channel from the same setting.

    Returns:
        How many notifications were accepted.

    Raises:
        ConfigurationError: the registry can't be read.
    """
    settings = load_settings()
    databases, _ = find_databases(settings, names[:MOST_AT_ONCE])
    if not databases:
        return 0
    own = DatabaseOfFleet.of(databases[0]).settings()
    channel = configured_channels(own).get(channel_name)
    if channel is None:
        return 0
    with ExitStack() as stack:
        waiting = []
        for database in databases:
            try:
                opened = stack.enter_context(_opened(DatabaseOfFleet.of(database), channel_name))
            except (MaintError, psycopg.Error) as error:
                print(f"Delivery to {channel_name}: {database.name}: {error}", file=sys.stderr)
                continue
            if opened is not None and (rows := due_notifications(opened, channel_name)):
                waiting.append(_Waiting(database.name, opened, rows))
        return _send(Limited(channel), waiting, own) if waiting else 0


@contextmanager
def _opened(one: DatabaseOfFleet, channel: str) -> Iterator[Connection | None]:
    """Give a session that holds the channel in a database; None where another delivers."""
    me = f"maint delivery to {channel}"
    with one.url() as url, closing(connect(url, application_name=me)) as connection:
        with channel_lock(connection, channel) as alone:
            yield connection if alone else None


def _send(channel: Limited, waiting: list[_Waiting], settings: Settings) -> int:
    several = len(waiting) > 1
    rows = [{**row, "database": one.name} for one in waiting for row in one.rows]
    rows.sort(key=lambda row: SEVERITIES.index(row["severity"]))
    where = f"{len(waiting)} databases" if several else waiting[0].name
    try:
        remark = channel.send(alert_message(rows, settings, where))
    except DeliveryError as error:
        unanswered = isinstance(error, UnansweredError)
        for one in waiting:
            ids = [row["id"] for row in one.rows]
            record_failure(one.connection, ids, str(error), unanswered=unanswered)
        return 0
    for one in waiting:
        mark_sent(one.connection, [row["id"] for row in one.rows], remark)
    return len(rows)


def _main(channel: str) -> None:
    try:
        deliver_gathered(channel, json.load(sys.stdin))
    except (MaintError, psycopg.Error) as error:
        sys.exit(f"Delivery to {channel}: {error}")


if __name__ == "__main__":
    _main(sys.argv[1])
