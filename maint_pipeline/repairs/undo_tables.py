"""The way back of tables, their columns, constraints and indexes."""

from __future__ import annotations

from collections.abc import Iterator

from maint_pipeline.repairs.errors import NoWayBackError
from maint_pipeline.repairs.snapshot import State
from maint_pipeline.repairs.statements import (
    FIRST,
    INDEXES,
    MARKS,
    OBJECTS,
    Statement,
    either,
    literal,
    option_pairs,
)

_WORDS = {
    "r": "table", "p": "table", "v": "view", "m": "materialized view", "f": "foreign table",
    "S": "sequence",
}  # fmt: skip
# What the statements below bring back; everything else of a relation has to be the same.
_OF_RELATION = {"owner", "options", "toast_options", "row_security", "forced", "persistence"}
_OF_COLUMN = {"type", "required", "default", "statistics", "collation", "storage", "compression"}


def undo_relation(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Set options, row level security, owner and persistence as they were."""
    if not old or not new or _others(old, _OF_RELATION) != _others(new, _OF_RELATION):
        raise NoWayBackError(f"{identity} came or went, or is another thing than before.")
    alter = f"alter {_WORDS[old['kind']]} {identity}"
    yield from _options(alter, old["options"], new["options"])
    yield from _options(alter, old["toast_options"], new["toast_options"], "toast.")
    if old["row_security"] != new["row_security"]:
        word = "enable" if old["row_security"] else "disable"
        yield Statement(OBJECTS, f"{alter} {word} row level security")
    if old["forced"] != new["forced"]:
        yield Statement(
            OBJECTS, f"{alter} {'' if old['forced'] else 'no '}force row level security"
        )
    if old["persistence"] != new["persistence"] and "t" not in (
        old["persistence"],
        new["persistence"],
    ):
        # The sequences of its columns follow the table.
        if old["kind"] == "r":
            word = "logged" if old["persistence"] == "p" else "unlogged"
            yield Statement(OBJECTS, f"{alter} set {word}")
        elif old["kind"] != "S":
            raise NoWayBackError(f"{identity} can't be made unlogged again.")
    if old["owner"] != new["owner"]:
        yield Statement(OBJECTS, f"{alter} owner to {old['owner']}")


def _options(alter: str, old: list[str], new: list[str], prefix: str = "") -> Iterator[Statement]:
    before, after = option_pairs(old), option_pairs(new)
    gone = sorted(after.keys() - before.keys())
    if gone:
        yield Statement(OBJECTS, f"{alter} reset ({', '.join(prefix + name for name in gone)})")
    changed = [
        f"{prefix}{name} = {literal(value)}"
        for name, value in before.items()
        if after.get(name) != value
    ]
    if changed:
        yield Statement(OBJECTS, f"{alter} set ({', '.join(changed)})")


def undo_column(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Give a column its type and NOT NULL back."""
    if not old or not new or _others(old, _OF_COLUMN) != _others(new, _OF_COLUMN):
        raise NoWayBackError(f"Column {identity} came or went, or is another thing than before.")
    if old["kind"] not in "rp":
        raise NoWayBackError(f"Column {identity} is no table's.")
    alter = f"alter table {old['relation']} alter column {old['name']}"
    if (old["type"], old["collation"]) != (new["type"], new["collation"]):
        yield from _type(identity, alter, old)
    elif _others(old, {"required"}) != _others(new, {"required"}):
        raise NoWayBackError(f"Column {identity} is another thing than before.")
    if old["required"] != new["required"]:
        yield Statement(OBJECTS, f"{alter} {'set' if old['required'] else 'drop'} not null")


def _type(identity: str, alter: str, old: State) -> Iterator[Statement]:
    if old["collation"] is not None:
        raise NoWayBackError(f"Column {identity} had a collation of its own.")
    if old["default"] is not None:
        raise NoWayBackError(f"Column {identity} has a default of the other type.")
    # Through text, as a value is written: there may be no cast.
    using = f"{old['name']}::text::{old['type']}"
    yield Statement(FIRST, f"{alter} type {old['type']} using {using}")
    if old["statistics"] is not None:
        yield Statement(MARKS, f"{alter} set statistics {int(old['statistics'])}")


def undo_constraint(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Drop a constraint that came or changed; add the one that was, not validated if it wasn't."""
    some = either(old, new)
    if some["relation"] is None or some["type"] not in "cf" or some["inherited"]:
        raise NoWayBackError(f"Constraint {identity} can't be made again.")
    alter = f"alter table {some['relation']}"
    if new:
        yield Statement(FIRST, f"{alter} drop constraint {new['name']}")
    if old:
        # The definition says NOT VALID where it wasn't.
        yield Statement(INDEXES, f"{alter} add constraint {old['name']} {old['definition']}")


def undo_index(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Drop an index that came; build one that went, concurrently, with its marks."""
    some = either(old, new)
    if some["constraint"] or some["of_partition"]:
        raise NoWayBackError(f"Index {identity} belongs to a constraint or a partitioned index.")
    if new and not old:
        yield Statement(FIRST, f"drop index concurrently {identity}", alone=True)
    elif old and not new:
        if not old["valid"]:
            raise NoWayBackError(f"Index {identity} was invalid; it is not made invalid again.")
        begin, create, rest = str(old["definition"]).partition(" INDEX ")
        text = f"{begin}{create}CONCURRENTLY {rest}"
        yield Statement(INDEXES, text, alone=True)
        yield from _marks(identity, old)
    elif old and new:
        raise NoWayBackError(f"Index {identity} has another definition, or is valid now.")


def _marks(identity: str, old: State) -> Iterator[Statement]:
    for number, target in sorted(old["statistics"].items()):
        text = f"alter index {identity} alter column {int(number)} set statistics {int(target)}"
        yield Statement(MARKS, text)
    if old["clustered"] or old["identity"] or old["tablespace"]:
        raise NoWayBackError(f"Index {identity} had a mark that is not set again.")


def _others(state: State, names: set[str]) -> State:
    return {name: value for name, value in state.items() if name not in names}
