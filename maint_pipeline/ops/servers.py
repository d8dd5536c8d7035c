"""Which database looks at what belongs to its whole server: one of the registry, not each of them.

It is the first in the registry's order that does so. The others ask before they rely on it; where
none can be relied on, each looks itself, which costs alerts that are repeated and hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

import psycopg

from maint_pipeline.database.connection import Connection
from maint_pipeline.errors import MaintError
from maint_pipeline.registry.databases import Database, server_of
from maint_pipeline.resources import DatabaseOfFleet

MOST_ASKED = 3
"""Databases of a server that are asked, the first ones, whether they look at it."""

_IDENTITY = "select system_identifier::text as identity from pg_catalog.pg_control_system()"
_LOOKS = """
select (select system_identifier::text from pg_catalog.pg_control_system()) as identity,
    not exists (
        select from maint.latest_runs as run where run.task_name = %(task)s and run.is_failing
    ) and (%(soon)s or exists (
        select from maint.latest_runs as run
        where run.task_name = %(task)s and run.last_completed_at > now() - interval '26 hours'
    )) as does
"""


@dataclass
class Servers:
    """Who looks at which server, as far as a run had to find out.

    Attributes:
        databases: all of the registry, in its order.
        task: name of the task.
        names: of the databases that the run works on.
    """

    databases: Sequence[Database]
    task: str
    names: frozenset[str]
    _found: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def other_than(self, database: Database) -> Callable[[Connection], str | None]:
        """Give what names the database that looks at the server in the place of this one."""

        def ask(connection: Connection) -> str | None:
            server = server_of(database)
            with self._lock:
                if server not in self._found:
                    self._found[server] = self._find(server)
            found = self._found[server]
            if found is None or found[0] == database.name:
                return None
            # Behind one address there may be several servers.
            return found[0] if _identity(connection) == found[1] else None

        return ask

    def _find(self, server: str) -> tuple[str, str] | None:
        """Give name and server's identity of the first database that can be relied on."""
        own = [one for one in self.databases if server_of(one) == server]
        scheduled = [one for one in own if one.entry.schedules.get(self.task) is not False]
        for one in scheduled[:MOST_ASKED]:
            given = {"task": self.task, "soon": one.name in self.names}
            try:
                with DatabaseOfFleet.of(one).connect(f"maint {self.task}") as connection:
                    row = connection.execute(_LOOKS, given).fetchone()
            except (MaintError, psycopg.Error):
                continue
            if row and row["does"] and row["identity"]:
                return one.name, row["identity"]
        return None


def _identity(connection: Connection) -> str | None:
    try:
        row = connection.execute(_IDENTITY).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return None
    return row["identity"] if row else None
