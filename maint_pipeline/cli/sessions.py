"""`maint sessions`: who waits for whom, and ending one."""

from __future__ import annotations

from typing import Annotated

import typer

from maint_pipeline.cli.app import configured, working
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.errors import UsageError
from maint_pipeline.units import counted

COLUMNS = ("pid", "who", "client", "database", "state", "state_at", "transaction_at", "blocks")

sessions_app = listing_group(
    "sessions", "Sessions, and who waits for whom. Without a command it shows the chains."
)


@sessions_app.command("list")
def list_sessions(
    all_of_them: Annotated[
        bool, typer.Option("--all", help="All sessions, not only those of a chain.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, of all sessions.")] = False,
) -> None:
    """Show who waits for whom: each root, and behind it those that wait for it.

    Statements are never shown: they may hold secrets.

    Example: maint sessions --all
    """
    from contextlib import closing

    from maint_pipeline.database.connection import connect
    from maint_pipeline.health import sessions

    with configured() as (_, urls):
        with closing(
            connect(urls.administrator, application_name="maint sessions", as_owner=False)
        ) as administrator:
            rows = sessions.list_sessions(administrator)
    if as_json or all_of_them:
        print_rows(rows, COLUMNS, as_json=as_json, empty="There is no other session.")
        return
    tree = sessions.as_tree(rows)
    for depth, row in tree:
        words = ", ".join(sessions.in_words(row))
        console.print(f"{'    ' * depth}{row['pid']} {row['who']}: {words}", highlight=False)
    if not tree:
        count = counted(len(rows), "session")
        console.print(f"Nobody waits for a lock. {count} in all: maint sessions --all.")


@sessions_app.command()
def end(
    pid: Annotated[int, typer.Argument(help="The session's number.", metavar="PID", min=1)],
    may_touch: Annotated[
        str,
        typer.Option(
            "--class",
            help="What it may touch: idle (sessions that do nothing), blocking (also those that "
            "others wait for), any.",
        ),
    ] = "idle",
    only_cancel: Annotated[
        bool, typer.Option("--cancel", help="Only cancel its statement; the session stays.")
    ] = False,
) -> None:
    """End a session, if it is of a class that you allow. maint changes shows who did.

    Sessions of tasks, of replication and of the server itself are never ended.

    Example: maint sessions end 12345 --class blocking
    """
    from contextlib import closing

    from maint_pipeline.database.connection import connect
    from maint_pipeline.health import sessions

    if may_touch not in sessions.CLASSES:
        raise UsageError(f"A class is {', '.join(sessions.CLASSES)}, not {may_touch}.")
    with configured() as (_, urls), working(urls) as owner:
        with closing(
            connect(urls.administrator, application_name="maint sessions", as_owner=False)
        ) as administrator:
            session = sessions.end_session(
                administrator, owner, pid, may_touch, only_cancel=only_cancel
            )
    done = "The statement is canceled" if only_cancel else "The session is ended"
    console.print(f"{done}: {pid} of {session['who']}.", highlight=False)
