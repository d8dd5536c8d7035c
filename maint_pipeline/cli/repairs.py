"""`maint repairs`: what can be repaired, and a rehearsal that leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import configured, connected, working
from maint_pipeline.cli.cells import SHORT_ID
from maint_pipeline.cli.completion import complete_alert
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import print_rows
from maint_pipeline.cli.repairs_shown import print_rehearsal, print_repair

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RepairId = Annotated[
    str,
    typer.Argument(
        help="The alert's id, its beginning (8 characters as in the list), or its fingerprint.",
        metavar="ID",
        autocompletion=complete_alert,
    ),
]
Hold = Annotated[
    float,
    typer.Option(
        min=0.1, max=600,
        help="For how long others may be kept from a table before the repair is given up.",
        metavar="SECONDS",
    ),
]  # fmt: skip

repairs_app = listing_group(
    "repairs",
    "What of the open alerts can be repaired, and how it would be undone. Without a command it "
    "lists them.",
)


@repairs_app.command("list")
def list_repairs(as_json: AsJson = False) -> None:
    """List the open alerts that statements can end, with the class of each repair.

    A is undone in milliseconds and nobody loses access; B takes or gives access, or changes what
    runs; C reads, rewrites, drops or builds something, or can't be tried first.

    Example: maint repairs
    """
    from maint_pipeline.repairs.open_repairs import open_repairs

    with connected() as (_, connection):
        rows = open_repairs(connection)
    shown = rows if as_json else [{**row, "id": str(row["id"])[:SHORT_ID]} for row in rows]
    print_rows(
        shown,
        ("id", "class", "severity", "check_name", "object", "title", "problem"),
        as_json=as_json,
        empty="No open alert can be repaired by statements.",
    )


@repairs_app.command()
def show(repair_id: RepairId, as_json: AsJson = False) -> None:
    """Show one repair: its statements, its class and why, and who loses what.

    Example: maint repairs show 6f0c1d0e
    """
    with connected() as (_, connection):
        row = find(connection, repair_id)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
    else:
        print_repair(row)


@repairs_app.command()
def rehearse(repair_id: RepairId, hold: Hold = 2, as_json: AsJson = False) -> None:
    """Try a repair and its undo in a transaction that is rolled back, and show what they do.

    Works as the administrator. Takes the repair's locks for as long as the rehearsal lasts, about a
    second, and waits two seconds for them at most. Where repairs are enabled, the history keeps
    what was rehearsed, for somebody to approve.

    Example: maint repairs rehearse 6f0c1d0e
    """
    from maint_pipeline.database.identity import operating_system_user
    from maint_pipeline.repairs import records
    from maint_pipeline.repairs.errors import explained
    from maint_pipeline.repairs.rehearsal import rehearse as tried

    with both() as (connection, administrator):
        row = find(connection, repair_id)
        with explained():
            rehearsal = tried(administrator, row["check_name"], row["fingerprint"], hold)
            if records.is_enabled(administrator):
                records.note_rehearsal(administrator, rehearsal.outcome, operating_system_user())
    print_rehearsal(row, rehearsal, as_json=as_json)


def find(connection: Connection, named: str) -> dict[str, Any]:
    """Give the repair of the alert that somebody names."""
    from maint_pipeline.alerts.actions import find_alert
    from maint_pipeline.repairs.open_repairs import find_repair

    return find_repair(connection, find_alert(connection, named))


@contextmanager
def both() -> Iterator[tuple[Connection, Connection]]:
    """Give a connection as `maint_owner` and one as the administrator."""
    from maint_pipeline.database.connection import connect
    from maint_pipeline.database.identity import declare_user, operating_system_user

    with configured() as (_, urls), working(urls) as connection:
        with closing(
            connect(urls.administrator, application_name="maint repairs", as_owner=False)
        ) as administrator:
            declare_user(administrator, operating_system_user())
            yield connection, administrator
