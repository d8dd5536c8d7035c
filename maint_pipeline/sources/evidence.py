"""Reasons with their weights, and what related relations say about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maint_pipeline.sources.catalog import Column, Relation, singular, split_words

Found = Mapping[str, Column]
"""A relation's columns, by our names."""

USERS = frozenset({"user", "profile", "member"})
_MEMBERS = frozenset({"user", "member", "membership", "role", "staff", "employee"})
ORGANIZATIONS = frozenset({
    "org", "organization", "organisation", "tenant", "workspace", "team", "account", "company",
    "business", "agency", "school", "practice", "clinic", "firm",
})  # fmt: skip


@dataclass
class Evidence:
    """Reasons, and their total weight."""

    weight: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, weight: float, reason: str, given: object = True) -> None:
        """Take in a reason, for or against, where it is given."""
        if given:
            self.weight += weight
            self.reasons.append(reason if weight > 0 else f"but {reason}")

    @property
    def confidence(self) -> float:
        """From 0 to 0.95: names can lie."""
        return round(min(max(self.weight, 0.0), 0.95), 2)


@dataclass(frozen=True)
class Surroundings:
    """All relations, by oid."""

    relations: Mapping[int, Relation]

    def is_user(self, relation: Relation, column: Column) -> bool:
        """Return whether a column points at users."""
        key = relation.refers_to(column)
        return key is not None and (
            (key.to_schema, key.to_table) == ("auth", "users") or last_word(key.to_table) in USERS
        )

    def membership_of(self, relation: Relation) -> Relation | None:
        """Give a relation that ties users to this one, by its foreign keys or else by its name."""
        names = {f"{last_word(relation.name)} {word}" for word in _MEMBERS}
        for other in self.relations.values():
            if other.schema == relation.schema and " ".join(other.words) in names:
                return other
        for oid in relation.referenced_by:
            tied = self.relations.get(oid)
            if (
                tied
                and tied.name.lower().rstrip("s").endswith(tuple(_MEMBERS))
                and any(
                    column.plain in {"user_id", "member_id", "profile_id"}
                    or self.is_user(tied, column)
                    for column in tied.columns
                )
            ):
                return tied
        return None

    def organization_of(self, relation: Relation) -> str | None:
        """Name the organizations that a relation points at, by a foreign key or a column."""
        for key in relation.foreign_keys:
            if key.to_oid != relation.oid and last_word(key.to_table) in ORGANIZATIONS:
                return key.to_table
        for column in relation.columns:
            word, _, end = column.plain.rpartition("_")
            if end == "id" and word in ORGANIZATIONS - {"account"} and word not in relation.words:
                return column.name
        return None


def last_word(name: str) -> str:
    """Give the last word of a name, singular; empty where it has none."""
    words = split_words(name)
    return singular(words[-1]) if words else ""
