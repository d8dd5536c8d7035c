"""Sessions for what only a table's owner may do: vacuum, indexes, partitions.

Such a session logs in as an administrator and acts as the owner. It never writes or reads a row of
the application with a statement of its own, and never evaluates a policy's condition. What
PostgreSQL itself evaluates there can't leave the owner: in VACUUM and ANALYZE (expressions of
indexes) it sees to that itself, everything else is executed in a function (database/confined.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from maint_pipeline.database.confined import execute_confined
from maint_pipeline.database.connection import Connection, connect, fetch_one
from maint_pipeline.errors import ConfigurationError, MaintError

_NOTHING_TO_GAIN = """
select rolname::text as owner, rolsuper or rolname = session_user as nothing
from pg_roles where rolname = current_user
"""


class NoOwnerSessionError(MaintError):
    """No session can act as the table's owner."""


@dataclass(frozen=True)
class OwnerSession:
    """A session that acts as the owner of a table.

    Attributes:
        connection: in autocommit mode, after SET ROLE: for VACUUM, GRANT and the like only.
        owner: the role.
        has_nothing_to_gain: whether who logged in can do no more than the owner.
    """

    connection: Connection
    owner: str
    has_nothing_to_gain: bool

    def execute(self, statement: sql.Composed) -> None:
        """Execute a DDL statement as the owner, in a way that code in it can't leave."""
        if self.has_nothing_to_gain:
            self.connection.execute(statement)
        else:
            execute_confined(self.connection, self.owner, statement.as_string(self.connection))


@dataclass(frozen=True)
class Owners:
    """The way to act as the owners of tables.

    Attributes:
        url: of a role that may act as them; None where there is none.
    """

    url: str | None

    @contextmanager
    def session(self, connection: Connection, relation: str) -> Iterator[OwnerSession]:
        """Give a session that acts as the owner of a table.

        Args:
            connection: as `maint_owner`; only looks at the catalog.
            relation: the table, quoted and with its schema.

        Yields:
            A session of its own, to be used for nothing but what only the owner may do.

        Raises:
            NoOwnerSessionError: there is no such session; the message says why.
        """
        row = fetch_one(
            connection,
            "select pg_get_userbyid(relowner)::text as owner, maint.trust_problem(oid) as problem, "
            "maint.foreign_event_trigger() as event_trigger from pg_class where oid = %s::regclass",
            [relation],
        )
        if problem := row["problem"] or row["event_trigger"]:
            raise NoOwnerSessionError(problem)
        with closing(self._log_in(relation)) as opened:
            try:
                opened.execute(sql.SQL("set role {}").format(sql.Identifier(row["owner"])))
            except psycopg.errors.InsufficientPrivilege:
                raise NoOwnerSessionError(
                    f"the role {opened.info.user} may not act as {row['owner']}, the table's owner"
                ) from None
            row = fetch_one(opened, _NOTHING_TO_GAIN)
            yield OwnerSession(opened, row["owner"], row["nothing"])

    def _log_in(self, relation: str) -> Connection:
        if self.url is None:
            raise NoOwnerSessionError("there is no URL of an administrator")
        try:
            return connect(self.url, application_name=f"maint {relation}", as_owner=False)
        except ConfigurationError as error:
            raise NoOwnerSessionError(str(error).strip()) from None
