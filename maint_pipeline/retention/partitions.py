"""Range partitions: those that are over go as a whole, those that will be needed are made.

Only the table's owner may do either, so the role that logged in must be allowed to act as it; else
the purge deletes row by row. What is over and what is missing is decided by the database
(database/sql/59_partitions.sql).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import sleep
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import DictRow

from maint_pipeline.database.connection import (
    Connection,
    acting_as_owner_of,
    fetch_one,
    waiting_at_most,
)

DETACH_LOCK_TIMEOUT = "30s"
"""A concurrent detach waits for transactions that use the table, and holds up nobody meanwhile."""

INSTANT_LOCK_TIMEOUT = "100ms"
"""Whoever queues behind a waiting ACCESS EXCLUSIVE lock waits so long at most."""

LOCK_ATTEMPTS = 10

# Other tables refer to its rows, or somebody else is detaching a partition of the table.
_REFUSED = (psycopg.errors.IntegrityError, psycopg.errors.ObjectNotInPrerequisiteState)


@dataclass
class Partitions:
    """The partitions of a policy's table.

    Attributes:
        connection: in autocommit mode, as `maint_owner`.
        policy: name of the policy.
        cutoff: a partition whose upper bound is not after it is over.
        dropped: a row for each that went, with `partition`, `rows`, `is_guess` and `bytes`.
        problems: what kept the others from going, in words.
    """

    connection: Connection
    policy: str
    cutoff: datetime
    dropped: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def drop_expired(self) -> None:
        """Detach and drop the partitions that are over and may go as a whole.

        Also goes on with those that a killed purge has left detached.

        Locks: SHARE UPDATE EXCLUSIVE on the table and on the partition; with a DEFAULT partition,
        with which PostgreSQL can't detach concurrently, ACCESS EXCLUSIVE on both for an instant.

        Raises:
            psycopg.Error: of the database, but not for a lock that can't be had or a foreign key
                that forbids; such partitions are left for row by row and for the next time.
        """
        for row in self._noted():
            self._guarded(row, self._go_on, "stays for now")
        for row in self._over():
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
            with acting_as_owner_of(self.connection, row["parent"]) as is_owner:
                if not is_owner:
                    self.problems.append(f"not created: {self._needs_owner(row['parent'])}")
                    break
                if not self._guarded(row, self._create, "was not created"):
                    break
                created.append(row["name"])
        return created

    def _over(self) -> list[DictRow]:
        return self.connection.execute(
            "select partition_oid, name, parent, bounds, upper_bound "
            "from maint.time_partitions(%s) "
            # What somebody else is detaching is that person's to keep or to drop.
            "where is_leaf and upper_bound <= %s and not is_detaching",
            [self.policy, self.cutoff],
        ).fetchall()

    def _noted(self) -> list[DictRow]:
        return self.connection.execute(
            "select partition_oid, name, parent, bounds, upper_bound "
            "from maint.detaching_partitions where policy_name = %s order by upper_bound",
            [self.policy],
        ).fetchall()

    def _guarded(self, row: DictRow, step: Callable[[DictRow], None], words: str) -> bool:
        try:
            step(row)
        except (psycopg.errors.LockNotAvailable, *_REFUSED) as error:
            self.problems.append(f"{row['name']} {words}: {error.diag.message_primary}")
            return False
        return True

    def _begin(self, row: DictRow) -> None:
        """Note a partition, then detach and drop it."""
        with self.connection.transaction():
            if not self._may_go(row):
                return
            self.connection.execute(
                "insert into maint.detaching_partitions "
                "(partition_oid, policy_name, name, parent, bounds, upper_bound) "
                "values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
                [row["partition_oid"], self.policy, *map(row.get, _NOTED)],
            )
        self._go_on(row)

    def _go_on(self, row: DictRow) -> None:
        """Bring a noted partition to its end, from wherever a killed purge has left it."""
        state = self.connection.execute(
            "select relispartition, coalesce(inhdetachpending, false) as is_pending, "
            "coalesce(inhparent = %s::regclass, false) as is_ours from pg_catalog.pg_class "
            "left join pg_catalog.pg_inherits on inhrelid = pg_class.oid where pg_class.oid = %s",
            [row["parent"], row["partition_oid"]],
        ).fetchone()
        if state is None or (state["relispartition"] and not state["is_ours"]):
            self._forget(row)  # somebody else has dropped it, or given it to another table
            return
        try:
            with acting_as_owner_of(self.connection, row["parent"]) as is_owner:
                if is_owner and state["relispartition"]:
                    self._detach(row, is_pending=state["is_pending"])
        except _REFUSED:
            self._forget(row)  # it is attached as before
            raise
        if not is_owner:
            if state["relispartition"] and not state["is_pending"]:
                self._forget(row)
            self.problems.append(f"{row['name']} stays: {self._needs_owner(row['parent'])}")
            return
        self._patiently(lambda: self._drop(row))

    def _detach(self, row: DictRow, *, is_pending: bool) -> None:
        names = {"parent": sql.SQL(row["parent"]), "partition": sql.SQL(row["name"])}
        detach = sql.SQL("alter table {parent} detach partition {partition}").format(**names)
        if is_pending:
            self._patiently(lambda: self._execute(detach + sql.SQL(" finalize")))
            return
        has_default = fetch_one(
            self.connection,
            "select partdefid <> 0 as has_default from pg_catalog.pg_partitioned_table "
            "where partrelid = %s::regclass",
            [row["parent"]],
        )["has_default"]
        if has_default:
            self._patiently(lambda: self._execute(detach))
        else:
            self._execute(detach + sql.SQL(" concurrently"), DETACH_LOCK_TIMEOUT)

    def _drop(self, row: DictRow) -> None:
        """Drop what is detached, or attach it again: a hold may have been placed meanwhile."""
        with self.connection.transaction():
            self._limit_lock_waits()
            may_go = row["upper_bound"] <= self.cutoff and self._may_go(row)
            found = fetch_one(
                self.connection,
                "select rows, is_guess, pg_total_relation_size(%(name)s::regclass) as bytes "
                "from maint.count_or_guess(%(name)s::regclass)",
                row,
            )
            with acting_as_owner_of(self.connection, row["parent"]):
                is_gone = may_go and self._drop_table(row)
                if not is_gone:
                    attach = sql.SQL("alter table {} attach partition {} {}")
                    parts = (sql.SQL(row[part]) for part in ("parent", "name", "bounds"))
                    self.connection.execute(attach.format(*parts))
            self._forget(row)
        if is_gone:
            self.dropped.append({"partition": row["name"], **found})

    def _drop_table(self, row: DictRow) -> bool:
        try:
            with self.connection.transaction():
                self.connection.execute(sql.SQL("drop table {}").format(sql.SQL(row["name"])))
        except psycopg.errors.DependentObjectsStillExist as error:
            self.problems.append(f"{row['name']} stays: {error.diag.message_detail}")
            return False
        return True

    def _may_go(self, row: DictRow) -> bool:
        answer = fetch_one(
            self.connection,
            "select maint.partition_may_go(%s, %s::regclass) as may_go",
            [self.policy, row["name"]],
        )
        return bool(answer["may_go"])

    def _forget(self, row: DictRow) -> None:
        self.connection.execute(
            "delete from maint.detaching_partitions where partition_oid = %s",
            [row["partition_oid"]],
        )

    def _create(self, row: DictRow) -> None:
        def create() -> None:
            with self.connection.transaction():
                self._limit_lock_waits()
                for statement in row["statements"]:
                    self.connection.execute(statement.encode())

        self._patiently(create)

    def _limit_lock_waits(self) -> None:
        self.connection.execute(f"set local lock_timeout = '{INSTANT_LOCK_TIMEOUT}'".encode())

    def _execute(self, statement: sql.Composed, lock_timeout: str = INSTANT_LOCK_TIMEOUT) -> None:
        with waiting_at_most(self.connection, lock_timeout):
            self.connection.execute(statement)

    def _patiently(self, step: Callable[[], None]) -> None:
        for attempt in range(1, LOCK_ATTEMPTS + 1):
            try:
                step()
                return
            except psycopg.errors.LockNotAvailable:
                if attempt == LOCK_ATTEMPTS:
                    raise
                sleep(0.2 * attempt)

    def _needs_owner(self, parent: str) -> str:
        return f"the role {self.connection.info.user} may not act as the owner of {parent}"


_NOTED = ("name", "parent", "bounds", "upper_bound")
