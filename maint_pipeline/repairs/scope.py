"""What a statement of a repair may change: everything else that differs afterwards is too much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from maint_pipeline.repairs.snapshot import Difference, Key, State

GO = "gone"
COME = "new"


@dataclass(frozen=True)
class Scope:
    """Some objects of one kind, and what may happen to them.

    Args:
        kind: as in a snapshot.
        may: `GO`, `COME`, or the fields that may be another than before.
        where: fields with the values that they have to have; `id` is the identity.
        within: the schema that `name` has to be in, quoted.
    """

    kind: str
    may: frozenset[str]
    where: dict[str, frozenset[object]] = field(default_factory=dict)
    within: str | None = None

    def covers(self, key: Key, old: State | None, new: State | None) -> bool:
        """Say whether this difference is one that may be."""
        state = old or new
        if key[0] != self.kind or state is None:
            return False
        described = {**state, "id": key[1]}
        if any(described.get(name) not in values for name, values in self.where.items()):
            return False
        if self.within is not None and not str(state["name"]).startswith(f"{self.within}."):
            return False
        if old is None or new is None:
            # An entry of what is lost: it comes when something goes.
            is_new = (old is None) != bool(state.get("lost"))
            return (COME if is_new else GO) in self.may
        return {name for name in old if old[name] != new.get(name)} <= self.may


def outside(difference: Difference, scopes: Iterable[Scope]) -> list[Key]:
    """Give the objects whose difference no scope covers.

    Args:
        difference: of two snapshots.
        scopes: of all statements of the repair.
    """
    listed = list(scopes)
    return [
        key
        for key, (old, new) in difference.items()
        if not any(scope.covers(key, old, new) for scope in listed)
    ]
