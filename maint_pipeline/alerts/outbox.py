"""The outbox `maint.notifications`, for the deliverer and the command line.

Its rules are SQL: database/sql/28_notifications.sql.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.locks import lock_held

MAX_ATTEMPTS = 24
"""With half a minute doubled up to an hour, this is most of a day."""

MAX_UNANSWERED = 5
"""So many copies can arrive within a day from a server that accepts and never answers."""

_LIST = """
select notification.id, notification.channel, notification.state, notification.event,
    notification.severity, alert.title, alert.description, notification.attempts,
    notification.problem, notification.created_at, notification.due_at, notification.settled_at,
    notification.alert_id
from maint.notifications as notification
left join maint.known_alerts() as alert on alert.id = notification.alert_id
where %s or notification.state in ('waiting', 'dead')
order by notification.id desc
limit 1000
"""


def register_channels(connection: Connection, names: Iterable[str], min_severity: str) -> None:
    """Register the channels; a new one gets a notification of each open alert.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        names: all channels that are configured.
        min_severity: of channels whose row doesn't say otherwise.
    """
    connection.execute(
        "select maint.register_channels(%s::text[], %s)", [sorted(names), min_severity]
    )


def waiting_channels(connection: Connection, names: Iterable[str]) -> list[str]:
    """Return the channels with due notifications and no delivery in progress.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        names: of channels.
    """
    due = connection.execute(
        "select name from unnest(%s::text[]) as name where exists "
        "(select from maint.notifications_now where channel = name)",
        [list(names)],
    ).fetchall()
    return [row["name"] for row in due if not _is_delivered_to(connection, row["name"])]


def _is_delivered_to(connection: Connection, channel: str) -> bool:
    query = "select maint.lock_holder(%s) is not null as held"
    return bool(fetch_one(connection, query, [_lock(channel)])["held"])


def _lock(channel: str) -> str:
    return f"channel {channel}"


@contextmanager
def channel_lock(connection: Connection, channel: str) -> Iterator[bool]:
    """Hold a channel against other processes, so that nothing is sent twice.

    Args:
        connection: in autocommit mode; the lock goes with its session.
        channel: the channel's name.

    Yields:
        Whether nobody else holds it.
    """
    with lock_held(connection, _lock(channel)) as alone:
        yield alone


def due_notifications(connection: Connection, channel: str) -> list[dict[str, Any]]:
    """Return the notifications that are due for a channel, most severe first.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        channel: the channel's name.

    Returns:
        Rows of `maint.due_notifications()`: `id, event, severity, attempts` of the notification,
        `alert_id, alert_type, title, description, details, created_at, last_seen_at, occurrences,
        resolved_at` of the alert as it is now.
    """
    return connection.execute(
        "select id, event, severity, attempts, alert_id, alert_type, title, description, details, "
        "created_at, last_seen_at, occurrences, resolved_at from maint.due_notifications(%s)",
        [channel],
    ).fetchall()


def digest_threshold(connection: Connection, channel: str) -> int:
    """Return how many notifications at once become one message of a channel."""
    row = fetch_one(
        connection,
        "select digest_threshold from maint.notification_channels where name = %s",
        [channel],
    )
    return int(row["digest_threshold"])


def mark_sent(connection: Connection, ids: Sequence[int], remark: str | None) -> None:
    """Record that a message with these notifications was accepted.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        ids: of the notifications.
        remark: what went wrong although it was accepted, or None.
    """
    connection.execute("select maint.mark_notifications_sent(%s, %s)", [list(ids), remark])


def record_failure(
    connection: Connection, ids: Sequence[int], problem: str, *, unanswered: bool = False
) -> None:
    """Record a failed attempt: it is tried again later, or given up after `MAX_ATTEMPTS`.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        ids: of the notifications.
        problem: why they were not accepted, without secrets.
        unanswered: they may have been accepted; tried less often, until `MAX_UNANSWERED`.
    """
    connection.execute(
        "select maint.record_delivery_failure(%s, %s, %s, %s, %s)",
        [list(ids), problem, MAX_ATTEMPTS, unanswered, MAX_UNANSWERED],
    )


def defer(connection: Connection, ids: Sequence[int]) -> None:
    """Delay notifications by a minute, without counting an attempt.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        ids: of the notifications.
    """
    connection.execute(
        "update maint.notifications set due_at = clock_timestamp() + interval '1 minute' "
        "where id = any(%s) and state = 'waiting'",
        [list(ids)],
    )


def list_notifications(connection: Connection, *, everything: bool) -> list[dict[str, Any]]:
    """Give the outbox, the latest first, 1,000 rows at most.

    Args:
        connection: as `maint_owner`.
        everything: also what was sent or dropped.

    Returns:
        Rows with `id, channel, state, event, severity, title, description, attempts, problem,
        created_at, due_at, settled_at, alert_id`.
    """
    return connection.execute(_LIST, [everything]).fetchall()


def retry_dead(connection: Connection) -> int:
    """Retry the notifications that were given up.

    Args:
        connection: in autocommit mode, as `maint_owner`.

    Returns:
        How many notifications wait again.
    """
    return connection.execute(
        "update maint.notifications set state = 'waiting', attempts = 0, unanswered = 0, "
        "settled_at = null, "
        "due_at = clock_timestamp() where state = 'dead'"
    ).rowcount
