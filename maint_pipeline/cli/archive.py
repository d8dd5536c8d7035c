"""`maint archive`: the rows that policies with the action `archive` have archived."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from maint_pipeline.cli.app import app, configured, connected, working
from maint_pipeline.cli.output import errors, print_fields, print_rows
from maint_pipeline.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Policy = Annotated[str | None, typer.Option(help="Only this retention policy's.")]
LIST_COLUMNS = ("policy", "oldest", "newest", "rows", "bytes", "state", "file")

archive_app = typer.Typer(
    no_args_is_help=True,
    help="List, verify and restore rows that were archived before they were deleted.\n\n"
    "A policy whose action is archive writes its rows to MAINT_ARCHIVE_URL.",
)
app.add_typer(archive_app, name="archive")


@archive_app.command("list")
def list_chunks(policy: Policy = None, as_json: AsJson = False) -> None:
    """List the files of the archive, oldest rows first.

    Exit code 1 when a file is missing, or a manifest can't be read.

    Example: maint archive list --policy cleanup_old_audit_logs
    """
    from maint_pipeline.retention.archive import Archive
    from maint_pipeline.retention.inventory import inventory

    with connected() as (settings, connection):
        archive = Archive(settings.archive)
        rows = inventory(connection, archive, policy)
    _print_chunks(rows, LIST_COLUMNS, as_json=as_json)


@archive_app.command()
def verify(policy: Policy = None, as_json: AsJson = False) -> None:
    """Read every file in full and compare it with its manifest and with the database's record.

    Exit code 1 when a file is missing or corrupt.

    Example: maint archive verify
    """
    from maint_pipeline.retention.archive import Archive
    from maint_pipeline.retention.inventory import inventory

    with connected() as (settings, connection):
        archive = Archive(settings.archive)
        rows = inventory(connection, archive, policy, read=True)
    columns = ("policy", "oldest", "newest", "rows", "state", "problem", "file")
    _print_chunks(rows, columns, as_json=as_json)


@archive_app.command()
def restore(
    policy: Annotated[str, typer.Argument(help="The retention policy.", metavar="POLICY")],
    begin: Annotated[str | None, typer.Option("--from", help="Rows from then on, UTC.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Rows before then, UTC.")] = None,
    into: Annotated[
        str | None, typer.Option(help="Another table with the same columns.", metavar="TABLE")
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Also rows that were restored before and deleted since."),
    ] = False,
    unrecorded: Annotated[
        bool, typer.Option("--unrecorded", help="Also files that this database has no record of.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Restore archived rows. Existing rows stay as they are.

    Exit code 1 when a file of the policy's archive is missing, corrupt or refused by the table:
    the others are restored, and the failed ones are listed.

    Restored rows are still past their retention: the next purge archives them again, unless a legal
    hold keeps them or they go into another table.

    Example: maint archive restore cleanup_old_audit_logs --from 2026-05-03 --to 2026-05-04
    """
    from rich.progress import Progress

    from maint_pipeline.database.owners import Owners
    from maint_pipeline.retention.archive import Archive
    from maint_pipeline.retention.inventory import recorded
    from maint_pipeline.retention.restore import Restore
    from maint_pipeline.retention.restore_target import target_of

    with configured() as (settings, urls), working(urls) as connection:
        archive = Archive(settings.archive)
        table, time_column = target_of(connection, policy, into)
        wanted = Restore(table, time_column, _moment("--from", begin), _moment("--to", end), again)
        manifests, faulty = recorded(connection, archive, policy, also_unrecorded=unrecorded)
        with Progress(console=errors, transient=True) as progress:
            bar = progress.add_task(f"into {table}", total=len(manifests))
            done = wanted.run(
                connection,
                archive,
                manifests,
                Owners(urls.owner),
                lambda manifest: progress.advance(bar),
            )
    for file, problem in faulty.items():
        done.fail(file, problem)
    result: dict[str, Any] = {"table": table, **asdict(done)}
    if as_json:
        print_rows([result], (), as_json=True, empty="")
    else:
        problems = result.pop("problems")
        print_fields(result)
        for row in problems:
            errors.print(
                f"{row['file']}: {row['problem']}", style="red", markup=False, soft_wrap=True
            )
    if done.problems:
        raise typer.Exit(1)


def _print_chunks(rows: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    from maint_pipeline.retention.inventory import FAULTY

    faulty = [row for row in rows if row["state"] in FAULTY]
    print_rows(rows, columns, as_json=as_json, empty="Nothing has been archived.")
    if not as_json:
        for row in faulty:
            problem = row["problem"] or "it is missing"
            errors.print(f"{row['file']}: {problem}", style="red", markup=False, soft_wrap=True)
    if faulty:
        raise typer.Exit(1)


def _moment(option: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} takes a date or time such as 2026-05-03, not {text!r}."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
