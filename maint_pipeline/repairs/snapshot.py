"""What the catalog says, by the identity of each object, and how two such pictures differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg

from maint_pipeline.database.connection import Connection
from maint_pipeline.repairs.errors import RepairError

Key = tuple[str, str]
"""The kind of an object, as the file in `catalog` is named, and its quoted identity."""

State = dict[str, Any]
Difference = dict[Key, tuple[State | None, State | None]]
"""For each object that differs: what it was and what it is, None where it wasn't or isn't there."""

_FOLDER = Path(__file__).parent / "catalog"
# What only some roles may read: without it, ALTER SYSTEM can't be undone, and is refused.
OPTIONAL = frozenset({"server_settings"})


@dataclass(frozen=True)
class Snapshot:
    """The catalog at one moment: no row of the application is in it.

    Args:
        states: of all objects.
        names: of triggers of foreign keys; not compared, because PostgreSQL makes them up.
        oids: of those that keep one; not compared: an object that is made again has another.
        unseen: the kinds that the role may not read.
    """

    states: dict[Key, State]
    names: dict[Key, str]
    oids: dict[Key, int]
    unseen: frozenset[str] = frozenset()

    def hash(self) -> str:
        """Give a checksum over everything that is compared."""
        return checksum(sorted([*key, state] for key, state in self.states.items()))

    def oids_of(self, keys: Iterable[Key]) -> dict[str, int]:
        """Give the oids of some objects, by kind and identity."""
        return {": ".join(key): self.oids[key] for key in sorted(keys) if key in self.oids}


def take_snapshot(connection: Connection, until: float | None = None) -> Snapshot:
    """Read the catalog. Locks: ACCESS SHARE on catalogs.

    Args:
        connection: in a transaction, whose search path this sets to the catalog alone, so that
            names come out with their schemas.
        until: the moment of the monotonic clock from which on nobody may be kept waiting.

    Raises:
        RepairError: it takes until then; or two objects have one identity, as when another session
            changes them meanwhile.
    """
    connection.execute("set local search_path = pg_catalog, pg_temp")
    connection.execute("set local quote_all_identifiers = off")
    states: dict[Key, State] = {}
    names: dict[Key, str] = {}
    oids: dict[Key, int] = {}
    unseen = set()
    for kind, query in _queries().items():
        assert_in_time(until)
        try:
            with connection.transaction():
                rows = connection.execute(query).fetchall()
        except psycopg.errors.InsufficientPrivilege:
            if kind not in OPTIONAL:
                raise
            unseen.add(kind)
            continue
        for row in rows:
            key = (kind, row["id"])
            if key in states:
                raise RepairError(
                    f"The catalog names {kind} {row['id']} twice: somebody else is changing it. "
                    "Try again."
                )
            states[key] = row["state"]
            if "made_up_name" in row["state"]:
                names[key] = row["state"].pop("made_up_name")
            if row["oid"] is not None:
                oids[key] = row["oid"]
    return Snapshot(states, names, oids, frozenset(unseen))


def assert_in_time(until: float | None) -> None:
    """Refuse to hold locks any longer.

    Args:
        until: as for `take_snapshot`.

    Raises:
        RepairError: it is that late.
    """
    if until is not None and monotonic() > until:
        raise RepairError(
            "Others would wait for longer than they may until it is proven that nothing else "
            "changed: nothing was changed. Try again in a quieter moment, or let them wait for "
            "longer (--hold)."
        )


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """Give what differs, in a fixed order."""
    keys = sorted(before.states.keys() | after.states.keys())
    return {
        key: (before.states.get(key), after.states.get(key))
        for key in keys
        if before.states.get(key) != after.states.get(key)
    }


def checksum(value: object) -> str:
    """Give the SHA-256 of a value that JSON can express."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def _queries() -> dict[str, bytes]:
    # As bytes, which psycopg doesn't look through for placeholders when there are no arguments.
    return {path.stem: path.read_bytes() for path in sorted(_FOLDER.glob("*.sql"))}
