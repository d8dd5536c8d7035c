"""Applying an approved repair, and undoing one: each in one transaction with its row of history."""

from __future__ import annotations

import json

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.repairs.attempt import HOLD_SECONDS, Outcome, carry_out, pin
from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.records import as_json, from_json, require
from maint_pipeline.repairs.snapshot import Difference, Snapshot, difference, take_snapshot
from maint_pipeline.repairs.statements import script
from maint_pipeline.repairs.undo import way_back


def apply(
    connection: Connection,
    check: str,
    fingerprint: str,
    claimed: str | None,
    *,
    dry_run: bool = False,
    hold: float = HOLD_SECONDS,
) -> Outcome:
    """Apply what was approved, or nothing.

    A server or a program that dies in between leaves nothing, or the repair with its row.

    Args:
        connection: of an administrator, in autocommit mode.
        check: the check that reports the finding.
        fingerprint: the finding.
        claimed: who the user says they are.
        dry_run: do all of it and roll back.
        hold: as for `carry_out`.

    Raises:
        RepairError: nobody has approved exactly this, or as `carry_out` says.
        psycopg.Error: a statement failed, or waited too long for a lock.
    """
    require(connection)
    with connection.transaction(force_rollback=dry_run):
        pin(connection)
        allowed = fetch_one(
            connection, "select * from maint_repairs.begin_application(%s)", [fingerprint]
        )
        if allowed["problem"] is not None:
            raise RepairError(f"Not applied: {allowed['problem']}.")
        outcome = carry_out(connection, check, fingerprint, hold)
        if outcome.digest != allowed["digest"]:
            raise RepairError(
                "Not applied: the finding's objects or the statements changed since the approval. "
                "Rehearse it again, and have it approved."
            )
        pin(connection)
        fetch_one(
            connection,
            "select maint_repairs.note_application(%s, %s, %s, %s, %s::jsonb, %s::jsonb, %s)",
            [
                allowed["approval"], outcome.digest, outcome.before.hash(), outcome.after.hash(),
                as_json(outcome.changes), json.dumps(outcome.after.oids_of(outcome.changes)),
                claimed,
            ],
        )  # fmt: skip
    return outcome


def undo(
    connection: Connection, fingerprint: str, note: str | None, claimed: str | None
) -> list[str]:
    """Undo what was applied last for a finding, if its objects are as the repair left them.

    Args:
        connection: of an administrator, in autocommit mode.
        fingerprint: the finding.
        note: why.
        claimed: who the user says they are.

    Returns:
        The statements that were run.

    Raises:
        RepairError: nothing was applied, or somebody has changed its objects since.
        psycopg.Error: a statement failed, or waited too long for a lock.
    """
    require(connection)
    with connection.transaction():
        pin(connection)
        applied = fetch_one(connection, "select * from maint_repairs.begin_undo(%s)", [fingerprint])
        if applied["id"] is None:
            raise RepairError("Nothing to undo: no repair of this finding is applied.")
        changes = from_json(applied["changes"])
        now = take_snapshot(connection)
        _assert_unchanged(now, changes, applied["objects"])
        wanted = _as_before(now, changes)
        statements = script(way_back(wanted, now))
        for text in statements:
            connection.execute(text.encode(), binary=True)
        after = take_snapshot(connection)
        if left := difference(wanted, after):
            listed = ", ".join(" ".join(key) for key in list(left)[:5])
            raise RepairError(
                f"The undo does not lead back exactly, so nothing is undone: {listed}."
            )
        pin(connection)
        fetch_one(
            connection,
            "select maint_repairs.note_undo(%s, %s, %s, %s, %s, %s)",
            [applied["id"], statements, now.hash(), after.hash(), note, claimed],
        )
    return statements


def _assert_unchanged(now: Snapshot, changes: Difference, objects: dict[str, int]) -> None:
    changed = [key for key, (_, new) in changes.items() if now.states.get(key) != new]
    if not changed and now.oids_of(changes) != objects:
        changed = list(changes)
    if changed:
        listed = ", ".join(" ".join(key) for key in changed[:5])
        raise RepairError(
            f"Changed since the repair, so somebody has to decide: {listed}. maint repairs history "
            "shows the statements of the undo."
        )


def _as_before(now: Snapshot, changes: Difference) -> Snapshot:
    """Give the picture of now with what the repair changed as it was before."""
    states = {key: state for key, state in now.states.items() if key not in changes}
    states |= {key: old for key, (old, _) in changes.items() if old is not None}
    return Snapshot(states, now.names, now.oids, now.unseen)
