"""Carrying out a repair within a transaction of the caller's, and everything that can refuse it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from maint_pipeline.database.confined import execute_confined
from maint_pipeline.database.connection import Connection
from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.findings import Repair, findings_now, repair_of
from maint_pipeline.repairs.recognize import Step
from maint_pipeline.repairs.scope import outside
from maint_pipeline.repairs.snapshot import (
    Difference,
    Snapshot,
    assert_in_time,
    checksum,
    difference,
    take_snapshot,
)
from maint_pipeline.repairs.statements import script
from maint_pipeline.repairs.undo import way_back
from maint_pipeline.repairs.words import in_words

LOCK_SECONDS = 2
"""How long a statement waits for a lock, and so lets those wait who come after it."""

HOLD_SECONDS = 2.0
"""For how long an applied repair keeps others from a table, unless somebody says otherwise."""

STATEMENT_SECONDS = 10
"""How long one statement may take, in which it may hold locks."""

# Reading code with other settings than the usual ones would read another code.
_PINNED = {
    "standard_conforming_strings": "on",
    "backslash_quote": "safe_encoding",
    "quote_all_identifiers": "off",
    "check_function_bodies": "off",
    "row_security": "on",
    "datestyle": "ISO, YMD",
    "timezone": "UTC",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "default_tablespace": "",
    "default_table_access_method": "heap",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
}

_LOCKS = (Path(__file__).parent / "sql" / "locks.sql").read_bytes()


@dataclass(frozen=True)
class Outcome:
    """What a repair has done.

    Args:
        repair: what was carried out.
        before: the catalog before.
        after: the catalog afterwards.
        changes: what differs, and nothing else does.
        undo: the statements that lead back.
        locks: relation and mode of what it locks against others.
        milliseconds: how long its own statements took.
    """

    repair: Repair
    before: Snapshot
    after: Snapshot
    changes: Difference
    undo: list[str]
    locks: list[tuple[str, str]]
    milliseconds: float

    @property
    def digest(self) -> str:
        """A checksum over what was done to which objects, and how it is undone."""
        return checksum(
            {
                "fingerprint": self.repair.fingerprint,
                "statements": [step.text for step in self.repair.steps],
                "undo": self.undo,
                "changes": [[*key, old, new] for key, (old, new) in self.changes.items()],
                "objects": self.before.oids_of(self.changes),
            }
        )


def pin(connection: Connection) -> None:
    """Set what changes how statements are read, for the rest of the transaction.

    Args:
        connection: in a transaction.
    """
    # First of all: the query below finds its functions by it.
    connection.execute("set local search_path = pg_catalog, pg_temp")
    connection.execute(
        "select set_config(name, value, true) "
        "from unnest(%s::text[], %s::text[]) as pinned (name, value)",
        [list(_PINNED), list(_PINNED.values())],
    )


def carry_out(
    connection: Connection, check: str, fingerprint: str, hold: float = HOLD_SECONDS
) -> Outcome:
    """End a finding by its check's own statements, and look whether that is all that happened.

    Nothing is kept unless the caller commits.

    Args:
        connection: of an administrator, in a transaction.
        check: the check that reports it.
        fingerprint: the finding.
        hold: seconds after which it is refused, where it locks others out of a table.

    Raises:
        RepairError: it is not there any more, its statements are none of ours or can't be in a
            transaction, they change more than they may or nothing, there is no way back, or the
            check still finds it, or something new.
        psycopg.Error: a statement failed, or waited too long for a lock.
    """
    pin(connection)
    before = take_snapshot(connection)
    found = findings_now(connection, check)
    repair = required(found, check, fingerprint)
    if repair.alone:
        raise RepairError(
            "A statement of this repair can't be in a transaction, so it can't be tried: "
            + "; ".join(step.text for step in repair.steps)
        )
    pin(connection)
    begun = monotonic()
    for step in repair.steps:
        run_step(connection, step, before)
    milliseconds = (monotonic() - begun) * 1000
    locks = [(row["relation"], row["mode"]) for row in connection.execute(_LOCKS)]
    until = begun + hold if any(mode == "AccessExclusiveLock" for _, mode in locks) else None
    after = take_snapshot(connection, until)
    changes = difference(before, after)
    _assert_within(changes, repair)
    undo = script(way_back(before, after))
    _assert_ended(connection, check, found, fingerprint)
    assert_in_time(until)
    return Outcome(repair, before, after, changes, undo, locks, milliseconds)


def required(found: dict[str, dict[str, Any]], check: str, fingerprint: str) -> Repair:
    """Give the repair of one finding.

    Args:
        found: what the check sees now, by fingerprint.
        check: its name.
        fingerprint: the finding.

    Raises:
        RepairError: it is not there any more, or there is no repair for it.
    """
    if fingerprint not in found:
        raise RepairError(f"Check {check} does not find {fingerprint} any more: nothing to repair.")
    repair = repair_of(found[fingerprint])
    if repair is None:
        raise RepairError(
            f"Check {check} advises no statements for {fingerprint}: it would break what is in "
            "use, belongs to the platform, or needs a decision. maint alerts show says what to do."
        )
    return repair


def run_step(connection: Connection, step: Step, before: Snapshot) -> None:
    """Run one statement, as the table's owner where functions of the application can take part.

    Args:
        connection: in a transaction.
        step: the statement.
        before: the catalog, which names the owner.
    """
    if step.shape.runs_code and step.table is not None:
        state = before.states.get(("relations", step.table))
        if state is None:
            raise RepairError(f"There is no table {step.table} any more.")
        execute_confined(connection, _unquoted(state["owner"]), step.text)
        pin(connection)
    else:
        # As binary: PostgreSQL then takes one statement only.
        connection.execute(step.text.encode(), binary=True)


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _assert_within(changes: Difference, repair: Repair) -> None:
    if not changes:
        raise RepairError("The statements change nothing, so they are not what is needed here.")
    scopes = [scope for step in repair.steps for scope in step.scopes]
    if strange := outside(changes, scopes):
        listed = "; ".join(in_words({key: changes[key] for key in strange[:5]}))
        raise RepairError(
            "More would change than the finding's objects, by this repair or by somebody else at "
            f"the same moment: {listed}."
        )


def _assert_ended(
    connection: Connection, check: str, before: dict[str, Any], fingerprint: str
) -> None:
    left = findings_now(connection, check)
    if fingerprint in left:
        raise RepairError(f"Check {check} still finds {fingerprint} after the repair.")
    if new := sorted(left.keys() - before.keys()):
        raise RepairError(f"After the repair check {check} finds something new: {', '.join(new)}.")
