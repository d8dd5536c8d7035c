"""Range partitions: those that have expired go as a whole, those that will be needed are made.

Only the table's owner may do either, so it happens in a session that acts as the owner; where there
is none, the purge deletes row by row. What has expired and what is missing is decided by the
database (database/sql/59_partitions.sql), how one leaves by retention/detaching.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import DictRow

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.retention.detaching import (
    REFUSED,
    Detaching,
    GaveBackError,
    limit_lock_waits,
    without_queueing,
)

_OVER = """
select partition_oid, name, bounds, upper_bound,
    (select inhparent from pg_catalog.pg_inherits where inhrelid = partition_oid) as parent_oid
from maint.time_partitions(%s)
where is_leaf and upper_bound <= %s and not is_detaching
"""
_NOTED = """
select partition_oid, name, parent_oid, bounds, upper_bound
from maint.detaching_partitions where policy_name = %s order by upper_bound
"""
_FORGET_GONE = """
delete from maint.detaching_partitions
where not exists (select from pg_catalog.pg_class where oid = partition_oid)
"""


@dataclass
class Partitions:
    """The partitions of a policy's table.

    Attributes:
        connection: in autocommit mode, as `maint_owner`.
        policy: name of the policy.
        cutoff: a partition whose upper bound is not after it has expired.
        owners: sessions that act as the tables' owners.
        dropped: a row for each that went, with `partition`, `rows`, `is_guess` and `bytes`.
        problems: why the others were not dropped, as text.
    """

    connection: Connection
    policy: str
    cutoff: datetime
    owners: Owners
    dropped: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def drop_expired(self) -> None:
        """Detach and drop the partitions that have expired and may go as a whole.

        Also goes on with those that a killed purge has left detached.

        Locks: SHARE UPDATE EXCLUSIVE on the table and on the partition; with a DEFAULT partition,
        with which PostgreSQL can't detach concurrently, ACCESS EXCLUSIVE on both for an instant.

        Raises:
            psycopg.Error: of the database, but not for a lock that can't be had or a foreign key
                that forbids; such partitions are left for row by row and for the next time.
        """
        self.connection.execute(_FORGET_GONE)  # or the number may come to mean another table
        for row in self.connection.execute(_NOTED, [self.policy]).fetchall():
            self._guarded(row, self._go_on, "stays for now")
        # What somebody else is detaching is that person's to keep or to drop.
        for row in self.connection.execute(_OVER, [self.policy, self.cutoff]).fetchall():
            self._guarded(row, self._begin, "stays for now")

    def create_missing(self) -> list[str]:
        """Make partitions ahead of time, as many as the policy says.

        Returns:
            The names of the new ones.

        Raises:
            psycopg.Error: of the database, but not for a lock that can't be had, or for a DEFAULT
                partition that has rows of that time.
        """
        missing = self.connection.execute(
            "select parent, name, statements from maint.missing_partitions(%s)", [self.policy]
        ).fetchall()
        created = []
        for row in missing:
            if not self._guarded(row, self._create, "was not created"):
                break
            created.append(row["name"])
        return created

    def _guarded(self, row: DictRow, step: Callable[[DictRow], None], words: str) -> bool:
        try:
            step(row)
        except (psycopg.errors.LockNotAvailable, *REFUSED) as error:
            self.problems.append(f"{row['name']} {words}: {error.diag.message_primary or error}")
            return False
        except (NoOwnerSessionError, GaveBackError) as problem:
            self.problems.append(f"{row['name']} {words}: {problem}")
            return False
        return True

    def _begin(self, row: DictRow) -> None:
        """Note a partition, then detach and drop it."""
        parent = fetch_one(
            self.connection, "select %s::oid::regclass::text as name", [row["parent_oid"]]
        )["name"]
        # Asked before the note: where nobody may detach it, nothing has to be remembered.
        with self.owners.session(self.connection, parent), self.connection.transaction():
            if not Detaching(self.connection, self.policy, row).may_go():
                return
            self.connection.execute(
                "insert into maint.detaching_partitions "
                "(partition_oid, parent_oid, policy_name, name, parent, bounds, upper_bound) "
                "values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
                [
                    row["partition_oid"], row["parent_oid"], self.policy, row["name"], parent,
                    row["bounds"], row["upper_bound"],
                ],
            )  # fmt: skip
        self._go_on(row)

    def _go_on(self, row: DictRow) -> None:
        """Bring a noted partition to its end, from wherever a killed purge has left it."""
        detaching = Detaching(self.connection, self.policy, row)
        place = detaching.look()
        if place is None:
            detaching.forget()  # somebody else has dropped it, or given it to another table
            return
        with self.owners.session(self.connection, place.parent) as session:
            detaching.detach(session, place)
            if gone := detaching.drop(session, self.cutoff):
                self.dropped.append(gone)

    def _create(self, row: DictRow) -> None:
        with self.owners.session(self.connection, row["parent"]) as session:

            def create() -> None:
                with session.connection.transaction():
                    limit_lock_waits(session.connection)
                    for statement in row["statements"]:
                        session.execute(sql.Composed([sql.SQL(statement)]))

            without_queueing(create)
