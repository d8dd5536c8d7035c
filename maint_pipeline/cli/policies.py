"""`maint policies`: what expires when, and what would be deleted now."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from maint_pipeline.cli.app import configured, connected, examining, working
from maint_pipeline.cli.cells import cell, printable
from maint_pipeline.cli.completion import complete_policy
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, errors, print_fields, print_rows
from maint_pipeline.cli.suggestions import print_suggestion
from maint_pipeline.units import counted

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="The policy's name.", metavar="POLICY")]
KnownName = Annotated[
    str,
    typer.Argument(help="The policy's name.", metavar="POLICY", autocompletion=complete_policy),
]
COLUMNS = ("name", "table_name", "time_column", "condition", "keep", "action", "enabled")

MOST_DAYS = 14

policies_app = listing_group(
    "policies", "The retention policies: what expires when. Without a command it lists them."
)


@policies_app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the retention policies.

    Example: maint policies
    """
    from maint_pipeline.retention.policies import list_policies, stranded_partitions

    with connected() as (_, connection):
        rows = list_policies(connection)
        stranded = stranded_partitions(connection)
    print_rows(rows, COLUMNS, as_json=as_json, empty="No retention policy.")
    for row in stranded:
        errors.print(
            f"{row['partition']} was left detached and {row['reason']}: maint policies stranded "
            "says what to do.",
            style="yellow",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


@policies_app.command()
def show(name: KnownName, as_json: AsJson = False) -> None:
    """Show a policy, and how its last run went.

    Example: maint policies show cleanup_old_audit_logs
    """
    from maint_pipeline.retention.policies import one_policy

    with connected() as (_, connection):
        row = one_policy(connection, name)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
        return
    last_run = row.pop("last_run")
    shown = "never" if last_run is None else _last_run(last_run)
    print_fields({**row, "last run": shown})
    console.print(
        f"\nmaint policies preview {name} shows what would be deleted now.",
        highlight=False, markup=False, soft_wrap=True,
    )  # fmt: skip


def _last_run(run: dict[str, Any]) -> str:
    from maint_pipeline.task_runs.results import result_in_words

    return f"{cell('started_at', run['started_at'])}, {run['status']}: {result_in_words(run)}"


@policies_app.command()
def remove(name: KnownName) -> None:
    """Remove a retention policy that was added. Its history stays.

    The built-in ones can only be disabled.

    Example: maint policies remove gone_orgs
    """
    from maint_pipeline.retention.policies import remove_policy

    with connected() as (_, connection):
        remove_policy(connection, name)
    console.print("Removed.")


@policies_app.command()
def add(
    name: Name,
    table: Annotated[
        str, typer.Option(help='TABLE, or SCHEMA.TABLE; names with dots as "A.B"."C".')
    ],
    time_column: Annotated[str, typer.Option(help="The column with a row's age.")],
    keep: Annotated[str, typer.Option(help="How long rows are kept, such as '60 days'.")],
    condition: Annotated[
        str, typer.Option(help="Only rows for which this is true, in SQL.")
    ] = "true",
    archive: Annotated[
        bool, typer.Option("--archive", help="Write rows to the archive before they are deleted.")
    ] = False,
) -> None:
    """Add a retention policy; cleanup_expired_rows applies it every night.

    The table, the column and the condition are validated before it is stored. Missing privileges of
    maint_owner are granted if the configured role can act as the table's owner. Preview it next.

    Example: maint policies add gone_orgs --table orgs --time-column deleted_at --keep '1 year'
    """
    from maint_pipeline.database.owners import Owners
    from maint_pipeline.retention.policies import NewPolicy, add_policy
    from maint_pipeline.retention.table_access import open_table

    policy = NewPolicy(name, table, time_column, keep, condition, archive=archive)
    with configured() as (_, urls), working(urls) as connection:
        for statement in open_table(connection, Owners(urls.owner), policy):
            console.print(f"  {printable(statement)}", highlight=False, markup=False)
        add_policy(connection, policy)
    console.print(f"Added. maint policies preview {name} shows what it would delete now.")


@policies_app.command()
def suggest(as_json: AsJson = False) -> None:
    """Suggest policies for tables that grow, and what each would free; change nothing.

    Reads catalogs and statistics, as the administrator of the database, and the oldest row's time
    if an index leads to it. What is unknown is null, and a note says how to find it out.
    Ask who reads the old rows before you accept one: statistics don't show that.

    Example: maint policies suggest --json
    """
    from maint_pipeline.retention.suggest import suggest_policies

    with examining() as connection:
        rows = [asdict(suggestion) for suggestion in suggest_policies(connection)]
    if as_json:
        print_rows(rows, (), as_json=True, empty="")
        return
    for row in rows:
        print_suggestion(row)
    if not rows:
        console.print("No policy to suggest: no table without one looks like a log.")


@policies_app.command()
def disable(name: KnownName) -> None:
    """Disable a policy until you enable it again.

    Example: maint policies disable cleanup_old_security_alerts
    """
    _switch(name, on=False)


@policies_app.command()
def enable(name: KnownName) -> None:
    """Enable a policy.

    Example: maint policies enable cleanup_old_security_alerts
    """
    _switch(name, on=True)


@policies_app.command()
def stranded(as_json: AsJson = False) -> None:
    """List partitions that a purge left detached, and whose policy was deleted or disabled.

    Nothing drops them. Enable the policy, and its next run continues; or attach or drop the
    partition with the statement shown, as the table's owner.

    Example: maint policies stranded
    """
    from maint_pipeline.retention.policies import stranded_partitions

    with connected() as (_, connection):
        rows = stranded_partitions(connection)
    if as_json or not rows:
        print_rows(rows, (), as_json=as_json, empty="No partition was left detached.")
        return
    for row in rows:
        print_fields(row)
        console.print()


@policies_app.command()
def preview(name: KnownName, as_json: AsJson = False) -> None:
    """Show what a policy would delete now, day by day, and the statement; change nothing.

    Example: maint policies preview cleanup_old_audit_logs
    """
    from maint_pipeline.retention.policies import preview_policy

    with connected() as (_, connection):
        found: dict[str, Any] = preview_policy(connection, name)
    if as_json:
        print_rows([found], (), as_json=True, empty="")
        return
    days = found.pop("by_day")
    print_fields(found)
    if days:
        console.print()
        print_rows(days[:MOST_DAYS], ("day", "rows", "bytes"), as_json=False, empty="")
    if len(days) > MOST_DAYS:
        earlier = sum(day["rows"] for day in days[MOST_DAYS:])
        console.print(
            f"{len(days) - MOST_DAYS} earlier days: {counted(earlier, 'row')}; --json has them.",
            highlight=False,
        )


def _switch(name: str, *, on: bool) -> None:
    from maint_pipeline.retention.policies import set_policy_enabled

    with connected() as (_, connection):
        set_policy_enabled(connection, name, enabled=on)
    console.print("Enabled." if on else "Disabled.")
