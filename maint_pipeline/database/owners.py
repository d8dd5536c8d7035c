"""Sessions for what only a table's owner may do: vacuum, indexes, partitions.

Such a session logs in as an administrator and acts as the owner, by SET ROLE. It never writes or
reads a row of the application with a statement of its own, and never evaluates a policy's
condition, so that nothing of the application runs in it; what PostgreSQL itself evaluates there
(expressions of indexes) it runs as the table's owner in a restricted operation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection, connect, fetch_one
from maint_pipeline.errors import ConfigurationError, MaintError


class NoOwnerSessionError(MaintError):
    """No session can act as the table's owner."""


@dataclass(frozen=True)
class Owners:
    """The way to act as the owners of tables.

    Attributes:
        url: of a role that may act as them; None where there is none.
    """

    url: str | None

    @contextmanager
    def session(self, connection: Connection, relation: str) -> Iterator[Connection]:
        """Give a session that acts as the owner of a table.

        Args:
            connection: as `maint_owner`; only looks at the catalog.
            relation: the table, quoted and with its schema.

        Yields:
            A connection of its own in autocommit mode, to be used for nothing but what only the
            owner may do.

        Raises:
            NoOwnerSessionError: there is no such session; the message says why.
        """
        row = fetch_one(
            connection,
            "select pg_get_userbyid(relowner)::text as owner, maint.distrust(oid) as distrust, "
            "maint.foreign_event_trigger() as event_trigger from pg_class where oid = %s::regclass",
            [relation],
        )
        if problem := row["distrust"] or row["event_trigger"]:
            raise NoOwnerSessionError(problem)
        with closing(self._log_in(relation)) as opened:
            try:
                opened.execute(sql.SQL("set role {}").format(sql.Identifier(row["owner"])))
            except psycopg.errors.InsufficientPrivilege:
                raise NoOwnerSessionError(
                    f"the role {opened.info.user} may not act as {row['owner']}, the table's owner"
                ) from None
            yield opened

    def _log_in(self, relation: str) -> Connection:
        if self.url is None:
            raise NoOwnerSessionError("there is no URL of an administrator")
        try:
            return connect(self.url, application_name=f"maint {relation}", as_owner=False)
        except ConfigurationError as error:
            raise NoOwnerSessionError(str(error).strip()) from None
