"""Proof that a rewritten policy shows the same rows: counted, on generated data or on a copy.

On the scratch server the tables are filled with values that meet each other, so that every part of
the expression is true for some rows and false for others. A part that was not reached is named.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.advice.expressions import conjuncts, split
from maint_pipeline.advice.generated import IDS, fill, involved, open_table, pools_of
from maint_pipeline.advice.identities import Identities, roles_of
from maint_pipeline.advice.policies import Rewrite
from maint_pipeline.advice.target import Row, Target
from maint_pipeline.advice.what_if import WhatIf
from maint_pipeline.backups.dumps import DATABASE
from maint_pipeline.database.connection import Connection

ROWS = 400
OTHER_ROWS = 24
"""Of tables that the policy reads: so few that many pairs of values do not meet."""


@dataclass
class Counted:
    """What was counted.

    Attributes:
        samples: pairs of role and claims.
        rows: in all samples.
        visible: of them.
        differing: rows that only one of the expressions shows.
        unreached: parts of the expression that were never true, or never not.
    """

    samples: int = 0
    rows: int = 0
    visible: int = 0
    differing: int = 0
    unreached: list[str] = field(default_factory=list)
    error: str | None = None

    @property
    def holds(self) -> bool:
        """Whether the same rows are visible, and some are and some aren't."""
        return not self.error and not self.differing and 0 < self.visible < self.rows

    def words(self, where: str) -> str:
        """Say it for people."""
        if self.error:
            return f"not proven: {self.error}"
        text = (
            f"{self.rows:,} rows in {self.samples} samples of role and claims on {where}: "
            f"{self.visible:,} visible, {self.differing} differ"
        )
        if self.unreached:
            text += f"; not reached: {'; '.join(self.unreached)}"
        return text


def prove_on_generated(made: WhatIf, rewrites: Iterable[Rewrite], identities: Identities) -> None:
    """Prove rewrites on generated data; what can't be proven keeps `proof` None.

    Args:
        made: the what-if server, whose first database is still empty.
        rewrites: to prove.
        identities: for the claims that policies read.
    """
    with closing(made.server.connect(DATABASE, made.restorer.info.user)) as connection:
        connection.execute("set statement_timeout = '30s'")
        opened: set[int] = set()
        rng = random.Random(1)  # noqa: S311 - the same data each time
        pools = pools_of(made.target)
        for rewrite in rewrites:
            made.check_time()
            counted = Counted()
            try:
                for table in involved(connection, rewrite.relation):
                    if table["oid"] not in opened:
                        open_table(connection, table)
                        opened.add(table["oid"])
                    is_own = (table["schema"], table["name"]) == rewrite.relation
                    fill(connection, table, pools, rng, ROWS if is_own else OTHER_ROWS)
                _count(connection, rewrite, _samples(made.target, rewrite, identities), counted)
            except psycopg.Error as error:
                counted.error = str(error).splitlines()[0]
            if counted.holds:
                rewrite.proof = counted.words("generated data")
            else:
                rewrite.doubt = counted.words("generated data")


def _samples(
    target: Target, rewrite: Rewrite, identities: Identities
) -> Iterator[tuple[str, dict[str, str]]]:
    for role in roles_of(rewrite.policy, target):
        base = dict(identities.acting(role).settings)
        claims = json.loads(base["request.jwt.claims"])
        for number, user in enumerate((*IDS, None)):
            own = {key: _another(value, number) for key, value in claims.items()}
            own["role"] = role
            if user is not None:
                own["sub"] = user
            else:
                own.pop("sub", None)
            others = {
                name: str(_another(value, number)) for name, value in base.items()
                if not name.startswith("request.")
            }  # fmt: skip
            yield role, {**others, "request.jwt.claims": json.dumps(own)}


def _another(value: Any, number: int) -> Any:
    if isinstance(value, bool):
        return number % 2 == 0
    if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
        return number
    if value in IDS:
        return IDS[number % len(IDS)]
    return value


def _count(
    connection: Connection, rewrite: Rewrite, samples: Iterable[tuple[str, dict[str, str]]],
    counted: Counted,
) -> None:  # fmt: skip
    table = sql.Identifier(*rewrite.relation)
    # The role has to see every row of this one table; what it sees of others, their policies say.
    connection.execute(sql.SQL("alter table {} disable row level security").format(table))
    parts = _parts(rewrite.old)
    reached = [[0, 0] for _ in parts]
    try:
        for role, settings in samples:
            row = _counted_as(connection, rewrite, role, settings, parts)
            counted.samples += 1
            counted.rows += row["rows"]
            counted.visible += row["visible"]
            counted.differing += row["differing"]
            for place in range(len(parts)):
                reached[place][0] += row[f"part_{place}"]
                reached[place][1] += row["rows"] - row[f"part_{place}"]
    finally:
        connection.execute(sql.SQL("alter table {} enable row level security").format(table))
    counted.unreached = [
        part for part, (hit, missed) in zip(parts, reached, strict=True) if not hit or not missed
    ]


def _counted_as(
    connection: Connection, rewrite: Rewrite, role: str, settings: dict[str, str],
    parts: Sequence[str],
) -> Row:  # fmt: skip
    table = sql.Identifier(*rewrite.relation)
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("grant select on {} to {}").format(table, sql.Identifier(role)))
        for name, value in settings.items():
            connection.execute("select set_config(%s, %s, true)", [name, value])
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        row = connection.execute(counting(rewrite, parts)).fetchone()
    if row is None:
        raise psycopg.DataError("nothing was counted")
    return row


def _parts(expression: str) -> list[str]:
    parts = [inner for branch in split(expression, "OR") for inner in conjuncts(branch)]
    return parts if len(parts) > 1 else []


def counting(rewrite: Rewrite, parts: Sequence[str] = ()) -> sql.Composed:
    """Give the query that counts rows of which one expression says something else.

    Args:
        rewrite: with both expressions.
        parts: of the old one, each counted too.
    """
    old, new = (sql.SQL(text) for text in (rewrite.old, rewrite.new))
    more = [
        sql.SQL(", count(*) filter (where ({})) as {}").format(
            sql.SQL(part), sql.Identifier(f"part_{place}")
        )
        for place, part in enumerate(parts)
    ]
    return sql.SQL(
        "select count(*) as rows, count(*) filter (where ({old})) as visible, "
        "count(*) filter (where coalesce(({old}), false) <> coalesce(({new}), false)) as differing"
        "{more} from {table}"
    ).format(old=old, new=new, more=sql.SQL("").join(more), table=sql.Identifier(*rewrite.relation))
