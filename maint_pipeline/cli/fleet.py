"""`maint fleet`: the state of all databases of the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from maint_pipeline.cli.app import app
from maint_pipeline.cli.output import console, errors, print_rows

Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="GROUP", help="Only databases of this group. Repeatable."),
]
_COLUMNS = (
    "database", "state", "open_alerts", "failed_tasks", "late_tasks", "version", "last_proven_at",
    "bytes", "problem",
)  # fmt: skip


@app.command()
def fleet(
    group: Groups = None,
    at_once: Annotated[
        int, typer.Option(help="How many databases of one server to ask at a time.", min=1, max=100)
    ] = 8,
    timeout: Annotated[
        int, typer.Option(help="Seconds that a connection or a statement may take.", min=1, max=300)
    ] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the state of all databases of the registry (MAINT_DATABASES_FILE).

    Open alerts, tasks that failed or are late, the last proven backup and the size. A database that
    doesn't answer, or is not at this version, is listed with the reason. Exit code 1 unless all
    are ok.

    Example: maint fleet --group tenants
    """
    from maint_pipeline.fleet.calendar import calendar
    from maint_pipeline.fleet.survey import survey
    from maint_pipeline.registry.loading import load_fleet
    from maint_pipeline.schedules.ranges import crons_of
    from maint_pipeline.settings import load_settings

    settings = load_settings()
    chosen = load_fleet(settings).in_groups(group or [])
    dates = calendar(settings.home, crons_of(chosen.databases, settings))
    rows = [
        state.row for state in survey(chosen, dates, settings, at_once=at_once, seconds=timeout)
    ]
    print_rows(rows, _COLUMNS, as_json=as_json, empty="The registry names no database.")
    if not as_json and rows:
        _say_how_many(rows, "state")
    if any(row["state"] != "ok" for row in rows):
        raise typer.Exit(1)


def migrate_all(
    groups: Sequence[str], canaries: Sequence[str], trust: Sequence[str], *, as_json: bool
) -> None:
    """Migrate the databases of the registry, and print what became of each.

    Args:
        groups: only databases of these; none means all.
        canaries: names of those to begin with.
        trust: roles whose tables maintenance works on.
        as_json: print JSON.

    Raises:
        Exit: with 1 if any is not at this version.
    """
    from maint_pipeline.fleet.migration import GOOD, migrate_fleet
    from maint_pipeline.registry.loading import load_fleet
    from maint_pipeline.settings import load_settings

    chosen = load_fleet(load_settings()).in_groups(groups)
    rows = []
    for done in migrate_fleet(chosen, canaries, _say_step, trust):
        rows.append(done.row)
        _say_step(f"{done.database}: {done.result}{' (canary)' if done.is_canary else ''}")
    columns = ("database", "result", "problem")
    bad = [row for row in rows if row["result"] not in GOOD]
    print_rows(
        rows if as_json else bad, columns, as_json=as_json,
        empty="Every database is at this version." if rows else "The registry names no database.",
    )  # fmt: skip
    if not as_json and rows:
        _say_how_many(rows, "result")
    if bad:
        raise typer.Exit(1)


def _say_step(step: str) -> None:
    # Not on standard output, where --json prints.
    errors.print(f"  {step}", markup=False, highlight=False, soft_wrap=True)


def _say_how_many(rows: Sequence[dict[str, object]], column: str) -> None:
    counts = Counter(row[column] for row in rows)
    words = ", ".join(f"{number} {kind}" for kind, number in counts.most_common())
    console.print(f"{len(rows)} entries: {words}", highlight=False)
