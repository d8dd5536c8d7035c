"""`maint notifications`: the channels, what waits, and what could not be sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from maint_pipeline.cli.app import connected
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
COLUMNS = ("channel", "state", "event", "severity", "title", "attempts", "due_at", "problem")
CHANNEL_COLUMNS = (
    "name",
    "is_configured",
    "min_severity",
    "categories",
    "quiet_hours",
    "group_wait",
    "digest_threshold",
    "waiting",
    "dead",
)
_CHANNELS = """
select name, is_configured, coalesce(min_severity, default_min_severity) as min_severity,
    array_to_string(categories, ', ') as categories,
    to_char(quiet_from, 'HH24:MI-') || to_char(quiet_until, 'HH24:MI ') || time_zone as quiet_hours,
    group_wait::text as group_wait, digest_threshold,
    outbox.waiting, outbox.dead
from maint.notification_channels
cross join lateral (
    select count(*) filter (where state = 'waiting') as waiting,
        count(*) filter (where state = 'dead') as dead
    from maint.notifications
    where channel = name and state in ('waiting', 'dead')
) as outbox
order by name
"""

notifications_app = listing_group(
    "notifications",
    "Notifications about alerts that wait, and that could not be sent. Without a command it lists "
    "them.",
)


@notifications_app.command("list")
def list_(
    everything: Annotated[bool, typer.Option("--all", help="Also what was sent.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the notifications that wait to be sent, and those that could not be sent.

    Example: maint notifications --all --json
    """
    from maint_pipeline.alerts.outbox import list_notifications

    with connected() as (_, connection):
        rows = list_notifications(connection, everything=everything)
    print_rows(rows, COLUMNS, as_json=as_json, empty="No notification waits.")


@notifications_app.command()
def channels(as_json: AsJson = False) -> None:
    """List the channels, and what each receives.

    A channel's row in maint.notification_channels is yours to change, for example:
    update maint.notification_channels set min_severity = 'high', quiet_from = '22:00',
    quiet_until = '07:00', time_zone = 'Europe/Berlin' where name = 'ops'.

    Example: maint notifications channels
    """
    from maint_pipeline.alerts.delivery import configured_channels
    from maint_pipeline.alerts.outbox import register_channels

    with connected() as (settings, connection):
        register_channels(connection, configured_channels(settings), settings.notify_min_severity)
        rows = connection.execute(_CHANNELS).fetchall()
    print_rows(
        rows,
        CHANNEL_COLUMNS,
        as_json=as_json,
        empty="Notifications are off: MAINT_NOTIFY_URLS is not set.",
    )


@notifications_app.command()
def test() -> None:
    """Send a message to each channel now, to see that it arrives. Exit code 1 when one fails.

    Example: maint notifications test
    """
    from maint_pipeline.alerts.channels import DeliveryError, Message
    from maint_pipeline.alerts.delivery import configured_channels
    from maint_pipeline.settings import load_settings

    known = configured_channels(load_settings())
    if not known:
        raise UsageError("There is no channel: set MAINT_NOTIFY_URLS.")
    words = "This is a test of maint_pipeline's notifications. Nothing is wrong."
    message = Message(
        key=f"test {datetime.now(UTC).isoformat()}",
        subject="Test of maint_pipeline",
        text=words + "\n",
        html=f"<p>{words}</p>",
    )
    failed = False
    for channel in known.values():
        try:
            remark = channel.send(message)
            console.print(f"{channel.name}: accepted" + (f" ({remark})" if remark else ""))
        except DeliveryError as error:
            failed = True
            console.print(f"{channel.name}: failed: {error}", markup=False)
    if failed:
        raise typer.Exit(1)


@notifications_app.command()
def retry() -> None:
    """Retry the notifications that were given up.

    Example: maint notifications retry
    """
    from maint_pipeline.alerts.outbox import retry_dead

    with connected() as (_, connection):
        count = retry_dead(connection)
    console.print(f"{count} notifications wait again." if count else "Nothing was given up.")
