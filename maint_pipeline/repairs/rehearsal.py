"""Trying a repair in a transaction that is rolled back: what it does, and its way back."""

from __future__ import annotations

from dataclasses import dataclass

from maint_pipeline.database.connection import Connection
from maint_pipeline.repairs.attempt import HOLD_SECONDS, Outcome, carry_out, pin
from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.findings import findings_now
from maint_pipeline.repairs.snapshot import difference, take_snapshot


@dataclass(frozen=True)
class Rehearsal:
    """A repair that was tried, undone and rolled back.

    Args:
        outcome: what it did.
        returned: whether the finding came back with the undo; a check that looks at age may not.
    """

    outcome: Outcome
    returned: bool


def rehearse(
    connection: Connection, check: str, fingerprint: str, hold: float = HOLD_SECONDS
) -> Rehearsal:
    """Try a repair and its undo, and leave nothing of either.

    Takes the repair's locks for as long as that takes, which is some pictures of the catalog.

    Args:
        connection: of an administrator, in autocommit mode.
        check: the check that reports the finding.
        fingerprint: the finding.
        hold: as for `carry_out`; the undo comes on top of it, and takes about as long.

    Raises:
        RepairError: it is refused, as `carry_out` says; or the undo does not lead back exactly.
        psycopg.Error: a statement failed, or waited too long for a lock.
    """
    with connection.transaction(force_rollback=True):
        outcome = carry_out(connection, check, fingerprint, hold)
        undo_here(connection, outcome)
        returned = fingerprint in findings_now(connection, check)
    with connection.transaction(force_rollback=True):
        pin(connection)
        if left := difference(outcome.before, take_snapshot(connection)):
            listed = ", ".join(" ".join(key) for key in list(left)[:5])
            raise RepairError(
                "The catalog is another than before the rehearsal, which was rolled back: "
                f"{listed}. Somebody else changed it meanwhile: try again."
            )
    return Rehearsal(outcome, returned)


def undo_here(connection: Connection, outcome: Outcome) -> None:
    """Run the undo, and prove that it leads back exactly.

    Args:
        connection: in the transaction of the repair.
        outcome: of the repair.

    Raises:
        RepairError: something is another than before.
    """
    pin(connection)
    for text in outcome.undo:
        connection.execute(text.encode(), binary=True)
    left = difference(outcome.before, take_snapshot(connection))
    if left:
        listed = ", ".join(" ".join(key) for key in list(left)[:5])
        raise RepairError(f"The undo does not lead back exactly: {listed}.")
