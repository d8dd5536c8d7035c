"""`maint migrate`: up, down, and the role that tasks log in as."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.cells import printable
from maint_pipeline.cli.output import console, print_script
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.application import ApplicationUrls


def _say(step: str) -> None:
    console.print(f"  {step}", highlight=False, markup=False)


@app.command()
def migrate(
    context: typer.Context,
    every: Annotated[
        bool,
        typer.Option("--all", help="Migrate every database of the registry, a canary first."),
    ] = False,
    canary: Annotated[
        list[str] | None,
        typer.Option(
            "--canary",
            metavar="NAME",
            help="With --all: begin with this database, and stop if it fails. Default: those that "
            "the registry calls canary, or the first. Can be given several times.",
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="GROUP", help="With --all: only this group. Repeatable."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --all: print what became of each as JSON.")
    ] = False,
    show_plan: Annotated[
        bool, typer.Option("--plan", help="Print the SQL, its locks and tables; change nothing.")
    ] = False,
    down: Annotated[
        bool, typer.Option("--down", help="Remove maint_pipeline from the database instead.")
    ] = False,
    keep_history: Annotated[
        bool,
        typer.Option(
            "--keep-history",
            help="With --down: keep our tables, closed to everybody but their owner.",
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before --down.")] = False,
    trust: Annotated[
        list[str] | None,
        typer.Option(
            "--trust",
            metavar="ROLE",
            help="Work on the tables of this role too: its triggers then run with the rights of "
            "maint_owner. Can be given several times.",
        ),
    ] = None,
    replace: Annotated[
        list[str] | None,
        typer.Option(
            "--replace",
            metavar="NAME",
            help="Replace the application's function of this name by ours; it is kept for --down. "
            "Can be given several times.",
        ),
    ] = None,
    new_password: Annotated[
        bool,
        typer.Option(
            "--new-worker-password",
            help="Give maint_worker, which tasks log in as, a new password.",
        ),
    ] = False,
    print_worker_url: Annotated[
        bool,
        typer.Option(
            "--print-worker-url",
            help="Only print the URL that tasks log in with, password included, for another "
            "machine's MAINT_DATABASE_URL.",
        ),
    ] = False,
    server_views: Annotated[
        bool,
        typer.Option(
            "--server-views",
            help="Also let maint_owner read settings, pg_hba.conf and what sessions do, for the "
            "checks of the server. Takes a superuser.",
        ),
    ] = False,
) -> None:
    """Bring the configured database to this version: roles, tables, functions, checks, grants.

    Run it as an administrator. Safe to repeat; a current database is left alone. Adds to the
    application's tables, and neither drops nor rewrites its data. Tables whose owner is neither a
    superuser, nor the database's owner, nor the role that migrates are left out unless you trust
    that owner. Functions of the application with names of ours stay, and ours are in schema maint
    only, unless you give --replace.

    --down removes what it added and restores what it replaced: history, alerts, policies and
    settings are written into a file in MAINT_HOME first.

    --all goes through the registry, one database after the other. A failure stops nothing but that
    of a canary; exit code 1 if any database is not at this version afterwards.

    Example: maint migrate --plan
    """
    if every or canary or group or as_json:
        others = show_plan or down or replace or new_password or print_worker_url or server_views
        _refuse_for_all(context, every=every, others=bool(others or keep_history or yes))
        from maint_pipeline.cli.fleet import migrate_all

        migrate_all(group or [], canary or [], trust or [], as_json=as_json)
        return
    from maint_pipeline.installation.install import plan

    _refuse_contradictions(
        show_plan=show_plan,
        down=down,
        others=new_password or server_views or bool(down and replace),
    )
    if keep_history and not down:
        raise UsageError("--keep-history goes with --down.")
    with configured(creates=True) as (_, urls):
        if print_worker_url:
            print(urls.worker)
        elif show_plan:
            script = plan(urls.administrator, trust or (), replace or ())
            print_script(script or "-- Nothing to do: the database is current.")
        elif down:
            _down(urls, yes=yes, keep_history=keep_history)
        else:
            _up(urls, trust or [], replace or [])
            _set_up(urls, new_password=new_password, server_views=server_views)
            _say_what_is_missing(urls)


def _refuse_for_all(context: typer.Context, *, every: bool, others: bool) -> None:
    if not every:
        raise UsageError("--canary, --group and --json go with --all.")
    if others:
        raise UsageError("--all can be combined with --canary, --group, --trust and --json only.")
    if context.find_root().params.get("database"):
        raise UsageError("--all goes through the whole registry: leave --database out, or --all.")


def _refuse_contradictions(*, show_plan: bool, down: bool, others: bool) -> None:
    if show_plan and (down or others):
        raise UsageError("--plan can't be combined with options that change something.")
    if down and others:
        raise UsageError("--down can't be combined with options that set something up.")


def _down(urls: ApplicationUrls, *, yes: bool, keep_history: bool) -> None:
    from maint_pipeline.database.urls import redacted
    from maint_pipeline.installation.install import remove

    if not yes:
        typer.confirm(
            printable(f"Remove maint_pipeline from {redacted(urls.administrator)}?"), abort=True
        )
    stays: list[str] = []
    file = remove(urls.administrator, stays.append, keep_history=keep_history)
    for words in stays:
        _say(words)
    if file is None:
        console.print("There was nothing to remove.")
        return
    kept = "; its tables stay, closed to everybody but their owner" if keep_history else ""
    console.print(f"maint_pipeline was removed{kept}.")
    console.print(f"What its tables held is in {printable(str(file))}", soft_wrap=True)


def _up(urls: ApplicationUrls, trust: list[str], replace: list[str]) -> None:
    from maint_pipeline.installation.install import install

    trusted = [*trust, *_ask_whom_to_trust(urls.administrator, trust)]
    done = install(urls.administrator, _say, trust=trusted, replace=replace)
    console.print(
        "The database is now current." if done else "Nothing to do: the database is current."
    )


def _set_up(urls: ApplicationUrls, *, new_password: bool, server_views: bool) -> None:
    from maint_pipeline.database.worker import password_file
    from maint_pipeline.installation.install import new_worker_password, open_server_views

    if new_password:
        new_worker_password(urls.administrator)
        console.print(f"maint_worker has a new password, kept in {password_file()}.")
    if server_views:
        open_server_views(urls.administrator)
        console.print("maint_owner may read the server's settings and pg_hba.conf.")


def _say_what_is_missing(urls: ApplicationUrls) -> None:
    from maint_pipeline.database.worker import login_problem
    from maint_pipeline.installation.install import members_of_owner, untrusted_owners

    for owner, tables in untrusted_owners(urls.administrator).items():
        _say(
            f"Left out: {', '.join(tables)}, because their owner {owner} is not trusted. "
            f"If you do trust it: maint migrate --trust {owner}"
        )
    if members := members_of_owner(urls.administrator):
        _say(
            f"Members of maint_owner, who can do all that maintenance can: {', '.join(members)}. "
            "Revoke maint_owner from the others."
        )
    if problem := login_problem(urls.worker):
        _say(
            f"Tasks can't log in yet: {problem}\n"
            "  If another machine knows the password, take its URL from maint migrate "
            "--print-worker-url there and put it into MAINT_DATABASE_URL here,\n"
            "  with the administrator's URL in MAINT_ADMIN_DATABASE_URL; or run "
            "maint migrate --new-worker-password. If the server\n"
            "  accepts no password for this connection, add a line for maint_worker to pg_hba.conf."
        )


def _ask_whom_to_trust(url: str, trust: list[str]) -> list[str]:
    """Ask at a terminal; a script says --trust."""
    from maint_pipeline.installation.install import untrusted_owners

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return []
    answers = []
    for owner, tables in untrusted_owners(url).items():
        if owner in trust:
            continue
        _say(
            f"{owner} owns {', '.join(tables)}. Maintenance works on these only if you trust "
            f"{owner}: triggers of {owner} then run with the rights of maint_owner."
        )
        if typer.confirm(printable(f"  Trust {owner}?"), default=False):
            answers.append(owner)
    return answers
