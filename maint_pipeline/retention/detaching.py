"""How one expired partition leaves: detached, looked at again, dropped; or attached again.

Two sessions take part. The owner's does the DDL and nothing else. Ours (`maint_owner`) decides,
with the policy's condition and the legal holds, while the owner's session holds the lock that lets
nobody write to the partition, rename it or attach it elsewhere. A partition is known by its oid: a
name may come to mean another table at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.rows import DictRow

from maint_pipeline.database.connection import Connection, fetch_one, waiting_at_most
from maint_pipeline.database.owners import OwnerSession
from maint_pipeline.errors import MaintError
from maint_pipeline.retention.patience import patiently

DETACH_LOCK_TIMEOUT = "30s"
"""A concurrent detach waits for transactions that use the table, and holds up nobody meanwhile."""

INSTANT_LOCK_TIMEOUT = "100ms"
"""Whoever queues behind a waiting ACCESS EXCLUSIVE lock waits so long at most."""

LOCK_ATTEMPTS = 10
LOCK_PAUSE_SECONDS = 0.2
T = TypeVar("T")
REFUSED = (psycopg.errors.IntegrityError, psycopg.errors.ObjectNotInPrerequisiteState)
"""Other tables refer to its rows, or somebody else is detaching a partition of the table."""

_LOOK = """
select format('%%I.%%I', child_schema.nspname, child.relname) as name,
    format('%%I.%%I', parent_schema.nspname, parent.relname) as parent,
    child.relispartition as is_attached, coalesce(inhdetachpending, false) as is_pending,
    not child.relispartition
        or inhparent = parent.oid and pg_get_expr(child.relpartbound, child.oid) = %(bounds)s
        as is_ours
from pg_catalog.pg_class as child
join pg_catalog.pg_namespace as child_schema on child_schema.oid = child.relnamespace
join pg_catalog.pg_class as parent on parent.oid = %(parent_oid)s
join pg_catalog.pg_namespace as parent_schema on parent_schema.oid = parent.relnamespace
left join pg_catalog.pg_inherits on inhrelid = child.oid
where child.oid = %(partition_oid)s
"""


class GaveBackError(MaintError):
    """The partition stays, attached as before."""


@dataclass(frozen=True)
class Place:
    """Where a partition is now.

    Attributes:
        name: of the partition, quoted and with its schema.
        parent: of the partitioned table, likewise.
        is_attached: whether it is a partition still.
        is_pending: whether a concurrent detach was interrupted half-way.
    """

    name: str
    parent: str
    is_attached: bool
    is_pending: bool


@dataclass(frozen=True)
class Detaching:
    """A partition on its way out.

    Attributes:
        connection: in autocommit mode, as `maint_owner`.
        policy: name of the policy that it has expired under.
        row: `partition_oid`, `parent_oid`, `bounds` and `upper_bound`, as they were when noted.
    """

    connection: Connection
    policy: str
    row: DictRow

    def look(self) -> Place | None:
        """Return where the partition is; None if it was dropped, or is no longer ours to drop."""
        found = self.connection.execute(_LOOK, self.row).fetchone()
        if found is None or not found.pop("is_ours"):
            return None
        return Place(**found)

    def may_go(self) -> bool:
        """Return whether the policy lets it go as a whole."""
        answer = fetch_one(
            self.connection,
            "select maint.partition_may_go(%s, %s::oid::regclass) as may_go",
            [self.policy, self.row["partition_oid"]],
        )
        return bool(answer["may_go"])

    def detach(self, session: OwnerSession, place: Place) -> None:
        """Detach it, where it is attached still.

        Args:
            session: acting as the table's owner.
            place: where it is now.

        Raises:
            psycopg.Error: of the database; where the detach was refused, the note is deleted.
            GaveBackError: the name came to mean another table meanwhile.
        """
        if not place.is_attached:
            return
        try:
            self._detach(session, place)
        except REFUSED:
            self.forget()  # it is attached as before
            raise
        after = self.look()
        if after is None or after.is_attached:
            raise GaveBackError(
                f"{place.name} was renamed while it was being detached. Look which table of that "
                f"name is no partition of {place.parent} any more, and attach it again"
            )

    def _detach(self, session: OwnerSession, place: Place) -> None:
        names = {"parent": sql.SQL(place.parent), "partition": sql.SQL(place.name)}
        detach = sql.SQL("alter table {parent} detach partition {partition}").format(**names)
        if place.is_pending:
            without_queueing(lambda: _execute(session, detach + sql.SQL(" finalize")))
            return
        has_default = fetch_one(
            self.connection,
            "select partdefid <> 0 as has_default from pg_catalog.pg_partitioned_table "
            "where partrelid = %s",
            [self.row["parent_oid"]],
        )["has_default"]
        # A concurrent detach can't be executed in a function, and code of the owner could leave it.
        if has_default or not session.has_nothing_to_gain:
            without_queueing(lambda: _execute(session, detach))
        else:
            _execute(session, detach + sql.SQL(" concurrently"), DETACH_LOCK_TIMEOUT)

    def drop(self, session: OwnerSession, cutoff: datetime) -> dict[str, Any] | None:
        """Drop what is detached, or attach it again: a hold may have been placed meanwhile.

        Args:
            session: acting as the table's owner.
            cutoff: of the policy now.

        Returns:
            `partition`, `rows`, `is_guess` and `bytes` of what was dropped; None if it is attached
            again.

        Raises:
            GaveBackError: something depends on it; it is attached again.
        """
        return without_queueing(lambda: self._drop(session, cutoff))

    def _drop(self, session: OwnerSession, cutoff: datetime) -> dict[str, Any] | None:
        place = self.look()
        if place is None or place.is_attached:
            self.forget()
            return None
        obstacle = None
        with self.connection.transaction():
            # A hold is either seen below, or waits until this transaction has ended.
            limit_lock_waits(self.connection)
            self.connection.execute("lock table maint.legal_holds in share mode")
            with session.connection.transaction():
                limit_lock_waits(session.connection)
                self._lock(session, place)
                found = self._judge(cutoff)
                if found is not None:
                    obstacle = _drop_table(session, place.name)
                if found is None or obstacle:
                    self._attach(session, place)
            self.forget()
        if obstacle:
            raise GaveBackError(obstacle)
        return found and {"partition": place.name, **found}

    def _lock(self, session: OwnerSession, place: Place) -> None:
        """Hold the partition such that it can't be written to, renamed or attached, and be sure."""
        name = sql.SQL(place.name)
        session.execute(sql.SQL("lock table only {} in share mode").format(name))
        row = fetch_one(session.connection, "select %s::regclass::oid as oid", [place.name])
        if row["oid"] != self.row["partition_oid"]:
            # As for any lock that can't be had: once more, with the name that it has now.
            raise psycopg.errors.LockNotAvailable(f"{place.name} was renamed")

    def _judge(self, cutoff: datetime) -> DictRow | None:
        """Give the figures of a partition that may go, None for one that has to stay.

        In a transaction that is rolled back: reading takes a lock that the drop would wait for.
        """
        found = None
        with self.connection.transaction(force_rollback=True):
            if self.row["upper_bound"] <= cutoff and self.may_go():
                found = fetch_one(
                    self.connection,
                    "select rows, is_guess, pg_total_relation_size(relation) as bytes "
                    "from (select %s::oid::regclass as relation) as given, "
                    "maint.count_or_guess(relation)",
                    [self.row["partition_oid"]],
                )
        return found

    def _attach(self, session: OwnerSession, place: Place) -> None:
        attach = sql.SQL("alter table {} attach partition {} {}")
        parts = (sql.SQL(part) for part in (place.parent, place.name, self.row["bounds"]))
        session.execute(attach.format(*parts))

    def forget(self) -> None:
        """Delete the note of it."""
        self.connection.execute(
            "delete from maint.detaching_partitions where partition_oid = %s",
            [self.row["partition_oid"]],
        )


def _drop_table(session: OwnerSession, name: str) -> str | None:
    """Drop a table, or raise what depends on it."""
    try:
        with session.connection.transaction():
            session.execute(sql.SQL("drop table {}").format(sql.SQL(name)))
    except psycopg.errors.DependentObjectsStillExist as error:
        return error.diag.message_detail
    return None


def limit_lock_waits(connection: Connection) -> None:
    """Wait for locks only for an instant until the transaction ends."""
    connection.execute(f"set local lock_timeout = '{INSTANT_LOCK_TIMEOUT}'".encode())


def _execute(
    session: OwnerSession, statement: sql.Composed, lock_timeout: str = INSTANT_LOCK_TIMEOUT
) -> None:
    with waiting_at_most(session.connection, lock_timeout):
        session.execute(statement)


def without_queueing(step: Callable[[], T]) -> T:
    """Do a step that waits for locks for an instant only, ten times at most."""
    return patiently(step, LOCK_ATTEMPTS, LOCK_PAUSE_SECONDS)
