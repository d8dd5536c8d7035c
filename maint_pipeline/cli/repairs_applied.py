"""`maint repairs`, where something is applied: nothing is without somebody's yes."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.cli.repairs import AsJson, Hold, RepairId, both, find, repairs_app
from maint_pipeline.cli.repairs_shown import print_statements

Note = Annotated[str | None, typer.Option(help="Why, for others to read later.")]


@repairs_app.command()
def enable(
    approver: Annotated[
        list[str] | None,
        typer.Option(help="A role that may approve; may be repeated.", metavar="ROLE"),
    ] = None,
    note: Note = None,
) -> None:
    """Switch repairs on in this database: make the role maint_repairer and an append-only history.

    Works as the administrator. Nothing is applied by it: each repair needs an approval.

    Example: maint repairs enable --note "decided on Monday"
    """
    from maint_pipeline.database.identity import operating_system_user
    from maint_pipeline.repairs import records
    from maint_pipeline.repairs.errors import explained

    with both() as (_, administrator), explained():
        records.enable(administrator, approver or [], note, operating_system_user())
    console.print("Repairs are on. maint repairs disable stops all of them.")


@repairs_app.command()
def disable(note: Note = None) -> None:
    """Switch repairs off: none is approved or applied until they are enabled again.

    Undoing stays possible.

    Example: maint repairs disable --note "release week"
    """
    from maint_pipeline.database.identity import operating_system_user
    from maint_pipeline.repairs import records
    from maint_pipeline.repairs.errors import explained

    with both() as (_, administrator), explained():
        records.switch_off(administrator, note, operating_system_user())
    console.print("Repairs are off. maint repairs enable switches them on again.")


@repairs_app.command()
def approve(repair_id: RepairId, note: Note = None) -> None:
    """Approve what was rehearsed last for an alert, exactly as it was rehearsed.

    An approval ends after seven days and is used once. Repairs of class B need another login than
    the one that rehearsed them; class C is not applied here.

    Example: maint repairs approve 6f0c1d0e --note "agreed with the team"
    """
    from maint_pipeline.repairs import records
    from maint_pipeline.repairs.errors import explained

    with both() as (connection, administrator):
        alert = _alert(connection, repair_id)
        with explained():
            rehearsal = records.approve(administrator, alert["fingerprint"], note)
    print_statements("Approved", rehearsal["statements"])
    console.print(f"maint repairs apply {str(alert['id'])[:8]} applies it, within seven days.")


@repairs_app.command()
def apply(
    repair_id: RepairId,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything, then roll back.")
    ] = False,
    hold: Hold = 2,
) -> None:
    """Apply an approved repair, or nothing: the check, the statements and the history at once.

    Refused where the objects or the statements are others than approved, where more than the
    finding's objects would change, or where the check still finds something afterwards.

    Example: maint repairs apply 6f0c1d0e --dry-run
    """
    from maint_pipeline.database.identity import operating_system_user
    from maint_pipeline.repairs.applying import apply as applied
    from maint_pipeline.repairs.errors import explained

    with both() as (connection, administrator):
        row = find(connection, repair_id)
        with explained():
            outcome = applied(
                administrator, row["check_name"], row["fingerprint"], operating_system_user(),
                dry_run=dry_run, hold=hold,
            )  # fmt: skip
    word = "Would be applied, and was rolled back" if dry_run else "Applied"
    print_statements(word, [step.text for step in outcome.repair.steps])
    print_statements("Undo", outcome.undo)
    if not dry_run:
        console.print(f"maint repairs undo {str(row['id'])[:8]} leads back.")


@repairs_app.command()
def undo(repair_id: RepairId, note: Note = None) -> None:
    """Undo what was applied for an alert, if its objects are as the repair left them.

    Two within seven days stop all repairs until one of them is older.

    Example: maint repairs undo 6f0c1d0e --note "the report needs it"
    """
    from maint_pipeline.database.identity import operating_system_user
    from maint_pipeline.repairs.applying import undo as undone
    from maint_pipeline.repairs.errors import explained

    with both() as (connection, administrator):
        alert = _alert(connection, repair_id)
        with explained():
            statements = undone(administrator, alert["fingerprint"], note, operating_system_user())
    print_statements("Undone", statements)


@repairs_app.command()
def history(as_json: AsJson = False) -> None:
    """Show what was rehearsed, approved, applied and undone, and by whom; JSON has everything.

    Example: maint repairs history --json
    """
    from maint_pipeline.repairs import records

    with both() as (_, administrator):
        rows = records.history(administrator)
    print_rows(
        rows,
        ("id", "happened_at", "event", "class", "check_name", "fingerprint", "login", "note"),
        as_json=as_json,
        empty="Nothing was rehearsed, approved or applied yet.",
    )


def _alert(connection: Any, named: str) -> dict[str, Any]:
    from maint_pipeline.alerts.actions import find_alert

    return find_alert(connection, named)
