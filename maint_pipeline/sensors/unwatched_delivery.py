"""A process that informs one channel of databases that nobody watches, and then ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from maint_pipeline.alerts.channels import Message
from maint_pipeline.alerts.deliverer import Limited
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.alerts.messages import render
from maint_pipeline.errors import ConfigurationError, MaintError
from maint_pipeline.registry.databases import Database
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.resources import DatabaseOfFleet
from maint_pipeline.settings import Settings, load_settings
from maint_pipeline.units import counted

MOST_NAMED = 50


def channels_of(database: Database | None) -> list[str]:
    """Name the channels of a database, each with the place of its URL where that is its own."""
    place = database.channels_in if database else ""
    try:
        settings = DatabaseOfFleet.of(database).settings() if database and place else None
    except ConfigurationError:  # of a secret: all the more reason to inform somebody
        place, settings = "", None
    return [f"{name} {place}".strip() for name in configured_channels(settings or load_settings())]


def message(rows: Sequence[tuple[str, str, bool, str]], settings: Settings) -> Message:
    """Write the message about some databases.

    Args:
        rows: of each its name, since when, whether it is over, and why.
        settings: where the guides are.
    """
    gone = {name: (since, problem) for name, since, is_over, problem in rows if not is_over}
    back = [name for name, _, is_over, _ in rows if is_over]
    parts = []
    if gone:
        parts.append(f"CRITICAL: nobody watches {_named(gone)}")
    if back:
        parts.append(f"watched again: {_named(back)}")
    shown = {
        "heading": "; ".join(parts),
        "gone": dict(list(gone.items())[:MOST_NAMED]),
        "back": back[:MOST_NAMED],
        "more": max(0, len(gone) - MOST_NAMED) + max(0, len(back) - MOST_NAMED),
        "guide": settings.guide("fleet.md"),
    }
    return Message(
        key=" ".join(
            ["unwatched", *(f"{name} {since} {is_over}" for name, since, is_over, _ in rows)]
        ),
        subject=f"[{_named(name for name, *_ in rows)}] {shown['heading']}",
        text=render("unwatched.txt.j2", **shown),
        html=render("unwatched.html.j2", **shown),
    )


def _named(names: Iterable[str]) -> str:
    some = list(names)
    return some[0] if len(some) == 1 else counted(len(some), "database")


def _main(key: str) -> None:
    rows = json.load(sys.stdin)
    channel_name, _, place = key.partition(" ")
    try:
        settings = load_settings()
        if place:
            every = load_fleet(settings).databases
            named = next((one for one in every if one.channels_in == place), None)
            settings = DatabaseOfFleet.of(named).settings() if named else settings
        channel = configured_channels(settings).get(channel_name)
        if channel is not None:
            Limited(channel).send(message(rows, settings))
    except MaintError as error:
        sys.exit(f"Delivery to {channel_name}: {error}")


if __name__ == "__main__":
    _main(sys.argv[1])
