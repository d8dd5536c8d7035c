"""What the catalogs say of the application's relations and functions; no row of it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, LiteralString, cast

from maint_pipeline.database.connection import Connection

_MAY_READ = """
select has_schema_privilege(pg_namespace.oid, 'usage')
    and has_table_privilege(pg_class.oid, 'select')
    and not row_security_active(pg_class.oid) as may_read
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where nspname = 'maint' and relname = %s
"""
_HERE = files(__package__)
TIMES = frozenset({"timestamp with time zone", "timestamp without time zone"})
TEXTS = frozenset({"text", "character varying", "character", "citext", "name"})
NUMBERS = frozenset({"smallint", "integer", "bigint"})
ADDRESSES = frozenset({"inet", "cidr"})


@dataclass(frozen=True)
class Column:
    """One column, as the catalogs have it.

    Attributes:
        quoted: the name as SQL writes it.
        type: of the domain's base, without length.
        labels: of an enum.
    """

    name: str
    quoted: str
    type: str
    labels: list[str] | None
    is_not_null: bool
    is_default_now: bool | None
    leads_index: bool

    @property
    def plain(self) -> str:
        """The name in lower case with underscores, however it is written."""
        return "_".join(split_words(self.name))

    @property
    def kind(self) -> str:
        """Return `time`, `text`, `number`, `uuid`, `boolean`, `address`, `bytes` or `other`."""
        kinds = {"uuid": "uuid", "boolean": "boolean", "bytea": "bytes", "date": "time"}
        for kind, types in (
            ("time", TIMES), ("text", TEXTS), ("number", NUMBERS), ("address", ADDRESSES)
        ):  # fmt: skip
            if self.type in types:
                return kind
        return "text" if self.labels else kinds.get(self.type, "other")


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key of a relation."""

    columns: list[str]
    to_oid: int
    to_schema: str
    to_table: str


@dataclass(frozen=True)
class Relation:
    """A relation, as the catalogs have it; `relations.sql` says what each field is."""

    oid: int
    schema: str
    name: str
    kind: str
    quoted: str
    estimated_rows: int | None
    rows_inserted: int
    rows_updated: int
    rows_deleted: int
    is_platform: bool
    closed_because: str | None
    columns: list[Column]
    primary_key: list[str]
    foreign_keys: list[ForeignKey]
    referenced_by: list[int]

    @cached_property
    def words(self) -> list[str]:
        """The words of the name, singular, each once (the last stays last)."""
        words = [singular(word) for word in split_words(self.name)]
        return list(dict.fromkeys(reversed(words)))[::-1]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns, by their plain names."""
        return {column.plain: column for column in reversed(self.columns)}

    def refers_to(self, column: Column) -> ForeignKey | None:
        """Give the foreign key that a column is, alone."""
        for key in self.foreign_keys:
            if key.columns == [column.name]:
                return key
        return None


@dataclass(frozen=True)
class Function:
    """A function that answers with a boolean; `functions.sql` says what each field is."""

    schema: str
    name: str
    signature: str
    arguments: list[dict[str, str]]
    defaults: int
    is_definer: bool
    is_volatile: bool
    closed_because: str | None


def read_relations(connection: Connection) -> list[Relation]:
    """Read what the catalogs say of the relations that may be the application's.

    Args:
        connection: as any role; nothing is changed.

    Returns:
        Every one but system's, ours, extensions', migration tools' and partitions; `closed_because`
        says why one can't be used.
    """
    rows = connection.execute(_query("relations.sql")).fetchall()
    return [_relation(row) for row in rows]


def read_functions(connection: Connection) -> list[Function]:
    """Read what the catalogs say of functions that may identify administrators.

    Args:
        connection: as any role; nothing is changed.
    """
    rows = connection.execute(_query("functions.sql")).fetchall()
    return [Function(**row) for row in rows]


def may_read(connection: Connection, table: str) -> bool:
    """Return whether a table of schema maint is there, and shows all its rows to the current role.

    Args:
        connection: as any role; to_regclass() would be an error without USAGE on the schema.
        table: its name.
    """
    row = connection.execute(_MAY_READ, [table]).fetchone()
    return bool(row and row["may_read"])


def split_words(name: str) -> list[str]:
    """Split a name in any style into lower-case words: `auditLog`, `AuditLog`, `audit_log`.

    Args:
        name: of a relation or a column.
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    words = re.findall(r"[^\W_]+", spaced.lower())
    return [part for word in words for part in _COMPOUNDS.get(word, (word,))]


def singular(word: str) -> str:
    """Give the singular of an English plural, near enough for comparing names."""
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_COMPOUNDS = {
    f"{first}{second}": (first, second)
    for first, second in (
        ("audit", "log"), ("audit", "logs"), ("audit", "event"), ("audit", "events"),
        ("audit", "trail"), ("audit", "entry"), ("event", "log"), ("event", "logs"),
        ("activity", "log"), ("activity", "logs"), ("log", "entry"), ("log", "entries"),
        ("access", "log"), ("access", "logs"), ("crud", "event"), ("user", "role"),
        ("user", "roles"), ("user", "profile"), ("user", "profiles"), ("backup", "run"),
        ("backup", "runs"), ("backup", "job"), ("backup", "jobs"), ("user", "agent"),
        ("created", "at"), ("updated", "at"), ("user", "id"), ("ip", "address"),
    )
}  # fmt: skip


def _query(name: str) -> LiteralString:
    text: LiteralString = _HERE.joinpath(name).read_text(encoding="utf-8")
    return text


def _relation(row: dict[str, Any]) -> Relation:
    columns = [Column(**column) for column in cast(Iterable[dict[str, Any]], row["columns"])]
    keys = [ForeignKey(**key) for key in row["foreign_keys"]]
    return Relation(**{**row, "columns": columns, "foreign_keys": keys})
