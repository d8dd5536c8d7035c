"""`maint sources`: which relation of the application is which source."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import app, configured, connected, examining, working
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.application import ApplicationUrls
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
COLUMNS = ("part", "relation", "status", "problem", "not_applicable")

sources_app = typer.Typer(invoke_without_command=True)
app.add_typer(sources_app, name="sources")


@sources_app.callback()
def sources(context: typer.Context, as_json: AsJson = False) -> None:
    """List the sources: the relation of each, whether it fits, and the checks it prevents.

    Example: maint sources
    """
    if context.invoked_subcommand is None:
        _print(as_json=as_json)


@sources_app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the sources, as maint sources does.

    Example: maint sources list --json
    """
    _print(as_json=as_json)


@sources_app.command("set")
def set_(
    part: Annotated[str, typer.Argument(help="The source: audit_log, organizations, and so on.")],
    relation: Annotated[
        str | None, typer.Option(help="The table or view.", metavar="SCHEMA.NAME")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="OURS=THEIRS: our column, and the application's column or an SQL expression over "
            "its row. OURS= for none. Can be given several times.",
        ),
    ] = None,
    none: Annotated[
        bool, typer.Option("--none", help="The application has no such thing.")
    ] = False,
    default: Annotated[
        bool, typer.Option("--default", help="Look for it under its default name again.")
    ] = False,
) -> None:
    """Set the relation of a source, and how our columns are called there.

    The mapping is tested before it is stored, with a trial read. Columns that you don't name are
    looked up under our name. Missing privileges are granted with MAINT_ADMIN_DATABASE_URL.

    Example: maint sources set audit_log --relation public.activity_logs --column time=created_at
    """
    from maint_pipeline.sources.parts import parse_relation, reset_source, set_no_source
    from maint_pipeline.sources.setting import map_relation

    if none + default + bool(relation or column) != 1:
        raise UsageError("Give --relation or --column, or --none, or --default.")
    mapped = dict(_parse_column(text) for text in column or ())
    with configured() as (_, urls), working(urls) as connection:
        if none:
            set_no_source(connection, part)
        elif default:
            reset_source(connection, part)
        else:
            named = parse_relation(connection, relation) if relation else None
            with _administrator(urls) as administrator:
                for statement in map_relation(connection, administrator, part, named, mapped):
                    console.print(f"  {statement}", highlight=False, markup=False)
        _report(connection, part)


@sources_app.command()
def suggest(as_json: AsJson = False) -> None:
    """Suggest relations for the audit log, the organizations and so on; change nothing.

    Reads catalogs and statistics only, as the administrator of the database, and works before
    the first migration. Each proposal has a confidence from 0 to 1, the reasons, the command that
    accepts it, and the checks and tasks that would become applicable.

    Example: maint sources suggest --json
    """
    from maint_pipeline.sources.suggest import suggest_sources

    with examining() as connection:
        rows = [asdict(suggestion) for suggestion in suggest_sources(connection)]
    if as_json:
        print_rows(rows, (), as_json=True, empty="")
        return
    for row in rows:
        _print_suggestion(row)
    if not rows:
        console.print("No relation of this database looks like one of the sources.")


def _print_suggestion(row: dict[str, Any]) -> None:
    from maint_pipeline.sources.command_line import command

    console.print(
        f"{row['part']}: {row['relation']} ({row['state']}, {row['confidence']:.2f})",
        style="bold", markup=False, highlight=False,
    )  # fmt: skip
    lines = ["; ".join(row["reasons"])]
    if row["problem"]:
        lines.append(f"Can't be used as it is: {row['problem']}.")
    if row["enables"]:
        lines.append(f"Would be used by: {', '.join(row['enables'])}.")
    for line in lines:
        console.print(f"  {line}", markup=False, highlight=False)
    if row["grant"]:
        grant = command(["maint", "psql", "-c", row["grant"]])
        console.print(f"  {grant}", markup=False, highlight=False, soft_wrap=True)
    if row["command"]:
        console.print(f"  {row['command']}", markup=False, highlight=False, soft_wrap=True)


def _administrator(urls: ApplicationUrls) -> closing[Connection]:
    from maint_pipeline.database.connection import connect

    return closing(connect(urls.administrator, application_name="maint sources", as_owner=False))


def _report(connection: Connection, part: str) -> None:
    from maint_pipeline.sources.parts import source_state

    state = source_state(connection, part)
    if state["status"] == "none":
        console.print(f"{part}: the application has none. It is no longer reported as missing.")
        return
    console.print(f"{part}: {state['relation']}, {state['status']}.", markup=False)
    if state["not_mapped"]:
        console.print(f"  Not mapped: {', '.join(state['not_mapped'])}.", markup=False)
    if state["checks"]:
        console.print(f"  Not applicable: {', '.join(state['checks'])}.", markup=False)
    if part == "audit_log":
        _report_policy(connection, state["relation"])


def _report_policy(connection: Connection, relation: str) -> None:
    row = connection.execute(
        "select format('%I.%I', table_schema, table_name) as relation, time_column, "
        "keep::text as keep from maint.enabled_policies join maint.retention_policies using (name, "
        "table_schema, table_name) where name = 'cleanup_old_audit_logs'"
    ).fetchone()
    if row and row["relation"] == relation:
        console.print(
            f"  cleanup_old_audit_logs deletes rows whose {row['time_column']} is older than "
            f"{row['keep']} from it: maint policies preview cleanup_old_audit_logs shows them, "
            "maint policies disable cleanup_old_audit_logs keeps them.",
            markup=False,
        )


def _print(*, as_json: bool) -> None:
    from maint_pipeline.sources.parts import list_sources

    with connected() as (_, connection):
        rows = list_sources(connection)
    shown: list[dict[str, Any]] = [
        {**row, "not_applicable": f"{len(row['checks'])} checks" if row["checks"] else None}
        for row in rows
    ]
    print_rows(rows if as_json else shown, COLUMNS, as_json=as_json, empty="")


def _parse_column(text: str) -> tuple[str, str | None]:
    ours, equals, theirs = text.partition("=")
    if not equals or not ours:
        raise UsageError(f"--column takes OURS=THEIRS, not {text!r}; for example time=created_at.")
    return ours.strip(), theirs.strip() or None
