"""Proof that a rewritten policy shows the same rows, on a copy or on the database itself.

Only counting: ACCESS SHARE, in transactions that can't write, each query with a limit. Never by
ALTER POLICY, which would hold ACCESS EXCLUSIVE until its rollback.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing

import psycopg
from psycopg import sql

from maint_pipeline.advice.identities import SOMEBODY, Identities, roles_of
from maint_pipeline.advice.policies import Rewrite
from maint_pipeline.advice.proof import Counted, counting
from maint_pipeline.advice.target import Row, Target
from maint_pipeline.database.connection import Connection, connect

SECONDS = 30
"""Limit of each query."""

USERS = 8
_VALUES = """
select distinct value
from pg_stats
cross join lateral unnest(
    coalesce(most_common_vals::text::uuid[], '{}'::uuid[])
    || (coalesce(histogram_bounds::text::uuid[], '{}'::uuid[]))[1:20]
) as value
where schemaname = %(schema)s and tablename = any(%(tables)s)
    and exists (
        select from pg_attribute
        where attrelid = format('%%I.%%I', schemaname, tablename)::regclass
            and attname = pg_stats.attname and atttypid = 'uuid'::regtype
    )
limit %(most)s
"""


def prove_on(url: str, target: Target, rewrites: Iterable[Rewrite], identities: Identities) -> None:
    """Count on a database the rows of which old and new expressions differ.

    A rewrite that fails here loses its proof; one that holds has both.

    Args:
        url: of a copy, or of the database itself.
        target: what was read of the database.
        rewrites: with a proof on generated data.
        identities: for the claims that policies read.
    """
    with closing(connect(url, application_name="maint advise proof", as_owner=False)) as opened:
        for rewrite in rewrites:
            counted = Counted()
            try:
                for role, settings in _samples(opened, target, rewrite, identities):
                    for as_role in (True, False):
                        row = _counted(opened, rewrite, role if as_role else None, settings)
                        counted.samples += 1
                        counted.rows += row["rows"]
                        counted.visible += row["visible"]
                        counted.differing += row["differing"]
            except psycopg.Error as error:
                counted.error = str(error).splitlines()[0]
            words = counted.words("the database given")
            if counted.error or counted.differing:
                rewrite.proof, rewrite.doubt = None, words
            elif rewrite.proof:
                rewrite.proof += f"; {words}"


def _counted(
    connection: Connection, rewrite: Rewrite, role: str | None, settings: dict[str, str]
) -> Row:
    """Count as a role, of the rows that it sees, or else as the one that connects, of all rows."""
    with connection.transaction(force_rollback=True):
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute("select set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
        for name, value in settings.items():
            connection.execute("select set_config(%s, %s, true)", [name, value])
        if role is None:
            connection.execute("set local row_security = off")
        else:
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        row = connection.execute(counting(rewrite)).fetchone()
    if row is None:
        raise psycopg.DataError("nothing was counted")
    return row


def _samples(
    connection: Connection, target: Target, rewrite: Rewrite, identities: Identities
) -> Iterator[tuple[str, dict[str, str]]]:
    schema = rewrite.relation[0]
    tables = [name for space, name in target.tables() if space == schema]
    values = {"schema": schema, "tables": tables, "most": USERS}
    users = [str(row["value"]) for row in connection.execute(_VALUES, values).fetchall()]
    for role in roles_of(rewrite.policy, target):
        for user in (*users, SOMEBODY):
            settings = dict(identities.acting(role).settings)
            claims = {**json.loads(settings["request.jwt.claims"]), "sub": user}
            yield role, {**settings, "request.jwt.claims": json.dumps(claims)}
