"""The history of repairs, and the functions that decide what may be applied (sql/enable.sql).

They are in a schema of their own, whose owner is a role that nobody is: what is in schema
maint, `maint_owner` could replace.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.repairs.attempt import Outcome, pin
from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.snapshot import Difference

_ENABLE = (Path(__file__).parent / "sql" / "enable.sql").read_text(encoding="utf-8")
_IS_THERE = (
    "select nspowner = to_regrole('maint_repairer') "
    "and not pg_has_role('maint_owner', 'maint_repairer', 'member') as is_ours "
    "from pg_catalog.pg_namespace where nspname = 'maint_repairs'"
)
_HISTORY: LiteralString = (
    "select id, happened_at, event, refers_to, check_name, fingerprint, class, "
    "login::text as login, claimed, note, statements, undo, digest, before_hash, after_hash, "
    "changes, objects from maint_repairs.events "
    "where %(one)s::text is null or fingerprint = %(one)s order by id desc"
)


def is_enabled(connection: Connection) -> bool:
    """Say whether the history is there, and ours.

    Args:
        connection: of any role.

    Raises:
        RepairError: somebody else owns the schema of that name, or could act as its owner.
    """
    row = connection.execute(_IS_THERE).fetchone()
    if row is None:
        return False
    if not row["is_ours"]:
        raise RepairError(
            "The schema maint_repairs does not belong to maint_repairer alone, so nothing in it is "
            "believed. Look who made it, and rename or drop it."
        )
    return True


def require(connection: Connection) -> None:
    """Refuse where repairs were never enabled.

    Args:
        connection: of an administrator.

    Raises:
        RepairError: they were not, or as `is_enabled` says.
    """
    if not is_enabled(connection):
        raise RepairError(
            "Repairs are not applied in this database yet: maint repairs enable makes the role and "
            "the history that this needs. Rehearsals need neither."
        )


def enable(
    connection: Connection, approvers: list[str], note: str | None, claimed: str | None
) -> None:
    """Make the role and the schema where they are missing, and switch repairs on.

    Args:
        connection: of an administrator, in autocommit mode.
        approvers: roles that may approve from then on, beside superusers.
        note: why.
        claimed: who the user says they are.
    """
    with connection.transaction():
        pin(connection)
        is_enabled(connection)
        connection.execute(_ENABLE.encode())
        for role in approvers:
            name = sql.Identifier(role)
            connection.execute(sql.SQL("grant usage on schema maint_repairs to {}").format(name))
            connection.execute(sql.SQL("grant select on maint_repairs.events to {}").format(name))
            connection.execute(
                sql.SQL(
                    "grant execute on function maint_repairs.approve(bigint, text) to {}"
                ).format(name)
            )
        _switch(connection, True, note, claimed)


def switch_off(connection: Connection, note: str | None, claimed: str | None) -> None:
    """Let nothing be applied until somebody switches repairs on again; undoing stays possible.

    Args:
        connection: of an administrator, in autocommit mode.
        note: why.
        claimed: who the user says they are.
    """
    require(connection)
    _switch(connection, False, note, claimed)


def _switch(connection: Connection, on: bool, note: str | None, claimed: str | None) -> None:
    connection.execute("select maint_repairs.switch(%s, %s, %s)", [on, note, claimed])


def note_rehearsal(connection: Connection, outcome: Outcome, claimed: str | None) -> int:
    """Keep what was rehearsed, for somebody to approve.

    Args:
        connection: of an administrator, where repairs are enabled.
        outcome: what the rehearsal did.
        claimed: who the user says they are.

    Returns:
        The number of the rehearsal.
    """
    repair = outcome.repair
    row = fetch_one(
        connection,
        "select maint_repairs.note_rehearsal(%s, %s, %s, %s, %s, %s, %s::jsonb, %s) as id",
        [
            repair.finding["name"], repair.fingerprint, repair.judge[0],
            [step.text for step in repair.steps], outcome.undo, outcome.digest,
            as_json(outcome.changes), claimed,
        ],
    )  # fmt: skip
    return int(row["id"])


def approve(connection: Connection, fingerprint: str, note: str | None) -> dict[str, Any]:
    """Approve the latest rehearsal of a finding.

    Args:
        connection: of the person who approves.
        fingerprint: the finding.
        note: why.

    Returns:
        The rehearsal, as a row of `history`.

    Raises:
        RepairError: there is no rehearsal, or this login may not approve it; the message says why.
    """
    rehearsals = [row for row in history(connection, fingerprint) if row["event"] == "rehearsed"]
    if not rehearsals:
        raise RepairError("It was not rehearsed yet: maint repairs rehearse ID comes first.")
    try:
        connection.execute("select maint_repairs.approve(%s, %s)", [rehearsals[0]["id"], note])
    except psycopg.errors.InsufficientPrivilege as error:
        raise RepairError(f"Not approved: {error.diag.message_primary}.") from None
    return rehearsals[0]


def history(connection: Connection, fingerprint: str | None = None) -> list[dict[str, Any]]:
    """Give all that was done, the latest first.

    Args:
        connection: of an administrator.
        fingerprint: only of this finding.

    Returns:
        Rows of `id, happened_at, event, refers_to, check_name, fingerprint, class, login, claimed,
        note, statements, undo, digest, before_hash, after_hash, changes, objects`.
    """
    require(connection)
    return connection.execute(_HISTORY, {"one": fingerprint}).fetchall()


def as_json(changes: Difference) -> str:
    """Write a difference as `maint_repairs.events` keeps it.

    Args:
        changes: between two snapshots.
    """
    return json.dumps([[*key, old, new] for key, (old, new) in changes.items()])


def from_json(rows: list[list[Any]]) -> Difference:
    """Read what `as_json` has written.

    Args:
        rows: of `changes` of an event.
    """
    return {(kind, identity): (old, new) for kind, identity, old, new in rows}
