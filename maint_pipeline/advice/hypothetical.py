"""Indexes that are tried: real ones on the what-if server, empty, as long as full ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.advice import files
from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.sizes import Key, brin_blocks, btree_blocks, hash_blocks
from maint_pipeline.advice.target import BLOCK_BYTES, Row, statement
from maint_pipeline.advice.what_if import WhatIf

_ALIGN = {"c": 1, "s": 2, "i": 4, "d": 8}
_SHORT = 127
_MEASURED = ("btree", "hash", "brin")


@dataclass(frozen=True)
class Index:
    """An index to try.

    Attributes:
        schema: of its table.
        table: its name.
        keys: as the statement has them, such as `created_at desc` or `lower(title)`.
        condition: of a partial one, in SQL.
        method: btree, gin and so on.
        include: columns that it only stores.
    """

    schema: str
    table: str
    keys: tuple[str, ...]
    condition: str | None = None
    method: str = "btree"
    include: tuple[str, ...] = ()

    @property
    def relation(self) -> tuple[str, str]:
        """Schema and name of its table."""
        return self.schema, self.table

    def body(self) -> str:
        """Give what follows the table's name in its statement."""
        using = "" if self.method == "btree" else f"using {self.method} "
        where = f" where {self.condition}" if self.condition else ""
        more = f" include ({', '.join(self.include)})" if self.include else ""
        return f"{using}({', '.join(self.keys)}){more}{where}"


@dataclass
class Hypothetical:
    """An index on the what-if server.

    Attributes:
        oid: there.
        name: there.
        blocks: its estimated length, of 8 kB.
        tuples: its estimated entries.
        is_exact: whether the estimate's method is one that was measured.
    """

    oid: int
    name: str
    blocks: int
    tuples: float
    is_exact: bool = True

    @property
    def bytes(self) -> int:
        """Its estimated length."""
        return self.blocks * BLOCK_BYTES


@dataclass
class Bench:
    """The hypothetical indexes of a what-if server, and which of them the planner sees."""

    made: WhatIf
    indexes: dict[Index, Hypothetical] = field(default_factory=dict)
    visible: set[int] = field(default_factory=set)
    _number: int = 0

    def create(self, index: Index) -> Hypothetical:
        """Make an index, which the planner sees until `show` says otherwise.

        Args:
            index: that there is not.

        Raises:
            UnplannableError: PostgreSQL refuses it; the message says why.
        """
        if index in self.indexes:
            return self.indexes[index]
        name = self._free_name()
        table = sql.Identifier(index.schema, index.table)
        create = sql.SQL("create index {} on {} {}").format(
            sql.Identifier(name), table, sql.SQL(index.body())
        )
        found = self._make(create, index.relation, name)
        self.indexes[index] = found
        self.visible.add(found.oid)
        return found

    def show(self, wanted: Iterable[Index]) -> None:
        """Let the planner see these hypothetical indexes, and no others.

        Args:
            wanted: that were created.
        """
        oids = {self.indexes[index].oid for index in wanted}
        for turned, on in ((oids - self.visible, True), (self.visible - oids, False)):
            if turned:
                self.made.superuser.execute(
                    "update pg_index set indisvalid = %s where indexrelid = any(%s)",
                    [on, sorted(turned)],
                )
        self.visible = oids

    def definition(self, index: Index) -> str:
        """Give what catalogs say of an index, without its name and table.

        Args:
            index: that was created.
        """
        row = self.made.superuser.execute(
            "select pg_get_indexdef(%s) as text", [self.indexes[index].oid]
        ).fetchone()
        return str(row["text"]).partition(" USING ")[2] if row else ""

    def _free_name(self) -> str:
        taken = {row["name"] for row in self.made.target.relations}
        while True:
            self._number += 1
            if (name := f"maint_try_{self._number}") not in taken:
                return name

    def _make(self, create: sql.Composed, relation: tuple[str, str], name: str) -> Hypothetical:
        superuser, made = self.made.superuser, self.made
        table = superuser.execute(
            "select oid, relpages, reltuples, relallvisible, pg_relation_filepath(oid) as path "
            "from pg_class where oid = format('%%I.%%I', %s::text, %s::text)::regclass",
            relation,
        ).fetchone()
        if table is None or table["path"] is None:
            raise UnplannableError(f"{'.'.join(relation)} is no table with rows of its own")
        # Building reads the table: it must not be long meanwhile.
        files.shrink(made.data, table["path"])
        try:
            made.restorer.execute(create)
        except psycopg.Error as error:
            raise UnplannableError(str(error).strip().splitlines()[0]) from None
        finally:
            superuser.execute(
                "update pg_class set relpages = %s, reltuples = %s, relallvisible = %s "
                "where oid = %s",
                [table["relpages"], table["reltuples"], table["relallvisible"], table["oid"]],
            )
            files.grow(made.data, table["path"], self._blocks(relation))
        if twin := superuser.execute(statement("twin"), [relation[0], name]).fetchone():
            made.restorer.execute(
                sql.SQL("drop index {}").format(sql.Identifier(relation[0], name))
            )
            raise UnplannableError(f"{twin['name']} is the same index")
        return self._give_size(relation[0], name, max(0.0, table["reltuples"]))

    def _blocks(self, relation: tuple[str, str]) -> int:
        return int(self.made.target.tables()[relation]["blocks"])

    def _give_size(self, schema: str, name: str, tuples: float) -> Hypothetical:
        superuser = self.made.superuser
        row = superuser.execute(
            statement("index_keys"), {"schema": schema, "name": name}
        ).fetchone()
        if row is None:
            raise UnplannableError(f"{name} was not made")
        entries = tuples * self._share(row, tuples)
        row["table_blocks"] = self._blocks((row["table_schema"], row["table_name"]))
        blocks, height = _size(row, entries, tuples)
        if row["method"] == "btree" and blocks > 2:  # noqa: PLR2004 - a metapage and one leaf
            files.give_height(self.made.data, row["path"], height)
        files.grow(self.made.data, row["path"], blocks)
        superuser.execute(
            "update pg_class set relpages = %s, reltuples = %s where oid = %s",
            [blocks, entries, row["oid"]],
        )
        return Hypothetical(row["oid"], name, blocks, entries, row["method"] in _MEASURED)

    def _share(self, row: Row, tuples: float) -> float:
        """Ask the planner which part of the rows a partial index has."""
        if row["condition"] is None or tuples <= 0:
            return 1.0
        query = sql.SQL("explain (format json) select from only {} where {}").format(
            sql.Identifier(row["table_schema"], row["table_name"]),
            sql.SQL(row["condition"]),
        )
        plan = self.made.restorer.execute(query).fetchone()
        rows: float = next(iter(plan.values()))[0]["Plan"]["Plan Rows"] if plan else tuples
        return min(1.0, rows / tuples)


def _size(row: Row, entries: float, tuples: float) -> tuple[int, int]:
    keys = [_key(column, tuples) for column in row["columns"]]
    if row["method"] == "brin":
        return brin_blocks(row["table_blocks"], keys), 0
    if row["method"] == "hash":
        return hash_blocks(entries), 0
    blocks, height = btree_blocks(entries, keys)
    return blocks, height


def _key(column: dict[str, Any], tuples: float) -> Key:
    width = float(column["width"])
    align = _ALIGN.get(column["align"], 4)
    if column["is_variable"]:
        # Short values have a header of one byte and need no alignment.
        align = 1 if width < _SHORT else 4
    distinct = float(column["distinct"])
    return Key(
        width=width, align=align, null_part=float(column["null_part"]),
        distinct=distinct if distinct >= 0 else -distinct * tuples,
        frequent=tuple(column["frequent"] or ()),
    )  # fmt: skip
