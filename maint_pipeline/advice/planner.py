"""Asking the what-if server for plans, as the role that runs a query, with its claims.

A plan may take code of the application with it (constants are folded), so whoever asks is a role
that can do nothing outside, in a transaction that can't write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.target import Target
from maint_pipeline.advice.what_if import WhatIf
from maint_pipeline.backups.dumps import ROLE
from maint_pipeline.database.connection import Connection

Plan = dict[str, Any]

PLAN_SECONDS = 10
GENERIC_SINCE = 16
_SETTING = re.compile(r"[a-zA-Z_][\w$]*(\.[a-zA-Z_][\w$]*)*")
_PARAMETER = re.compile(r"\$(\d+)")
_NOT_SET = frozenset({"search_path", "role", "session_authorization", "transaction_read_only"})


@dataclass(frozen=True)
class Identity:
    """As whom a query is planned.

    Attributes:
        role: a role of the database.
        settings: of its session or transaction, such as request.jwt.claims, in pairs.
    """

    role: str
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def claims(self) -> str | None:
        """What PostgREST and the like put into request.jwt.claims."""
        return dict(self.settings).get("request.jwt.claims")


@dataclass
class Planner:
    """A session that plans."""

    made: WhatIf
    connection: Connection
    planned: int = 0
    _identity: Identity | None = field(default=None)

    def plan(self, query: str, identity: Identity, *, verbose: bool = True) -> Plan:
        """Give a query's plan.

        Args:
            query: with constants, or with parameters as $1.
            identity: as whom.
            verbose: with qualified columns and outputs.

        Returns:
            The root node, as EXPLAIN has it in JSON.

        Raises:
            UnplannableError: PostgreSQL does not plan it; the message says why.
            OutOfTimeError: the limit on time was reached.
        """
        self.made.check_time()
        self.planned += 1
        words = "verbose, format json" if verbose else "format json"
        try:
            self._become(identity)
            if not _PARAMETER.search(query):
                return self._explained(f"explain ({words}) {query}")
            if self.made.server.version >= GENERIC_SINCE:
                return self._explained(f"explain ({words}, generic_plan) {query}")
            return self._prepared(words, query)
        except psycopg.Error as error:
            raise UnplannableError(str(error).strip().splitlines()[0]) from None
        finally:
            self._clean()

    def _prepared(self, words: str, query: str) -> Plan:
        self._run(f"prepare maint_asked as {query}")
        count = fetch_count(self.connection)
        values = f"({', '.join(['null'] * count)})" if count else ""
        try:
            return self._explained(f"explain ({words}) execute maint_asked{values}")
        finally:
            self._run("deallocate all")

    def _explained(self, text: str) -> Plan:
        cursor = self._run(text)
        row = cursor.fetchone()
        if cursor.nextset() or row is None:
            raise UnplannableError("these are several statements")
        plan: Plan = next(iter(row.values()))[0]["Plan"]
        return plan

    def _run(self, text: str) -> psycopg.Cursor[Any]:
        # The query is the application's. psycopg sends it as it is, without parameters.
        return self.connection.execute(text)

    def _become(self, identity: Identity) -> None:
        if identity == self._identity:
            return
        self._identity = None
        self.connection.execute("reset role")
        self.connection.execute("reset all")
        for name, value in session_settings(self.made.target, identity).items():
            self.connection.execute("select set_config(%s, %s, false)", [name, value])
        self.connection.execute("set default_transaction_read_only = on")
        row = self.made.target.roles.get(identity.role)
        if row is None:
            raise UnplannableError(f"there is no role {identity.role}")
        role = ROLE if row["is_superuser"] else identity.role
        self.connection.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
        self._identity = identity

    def _clean(self) -> None:
        """Have the next plan start afresh, whatever code of the application did."""
        if self.connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
            self.connection.rollback()
            self._identity = None


def fetch_count(connection: Connection) -> int:
    """Give how many parameters the prepared statement has."""
    row = connection.execute(
        "select cardinality(parameter_types) as n from pg_catalog.pg_prepared_statements "
        "where name = 'maint_asked'"
    ).fetchone()
    return int(row["n"]) if row else 0


@contextmanager
def planner(made: WhatIf) -> Iterator[Planner]:
    """Open a session that plans.

    Args:
        made: the what-if server.
    """
    connection = made.session()
    connection.prepare_threshold = None
    try:
        yield Planner(made, connection)
    finally:
        connection.close()


def session_settings(target: Target, identity: Identity) -> dict[str, str]:
    """Give the settings that a session of a role has, as far as plans depend on them.

    Args:
        target: the database.
        identity: the role, and what its session sets itself.
    """
    settings = dict(target.settings)
    row = target.roles.get(identity.role)
    for entry in row["settings"] if row else ():
        name, _, value = entry.partition("=")
        if name in settings or "." in name:
            settings[name] = value
    settings |= {
        name: value for name, value in identity.settings
        if _SETTING.fullmatch(name) and name not in _NOT_SET
    }  # fmt: skip
    settings["search_path"] = _path(target, settings.get("search_path", '"$user", public'))
    settings["statement_timeout"] = f"{PLAN_SECONDS}s"
    settings["plan_cache_mode"] = "force_generic_plan"
    settings["client_min_messages"] = "error"
    return settings


def _path(target: Target, path: str) -> str:
    """Add the application's other schemas at the end: what is found before stays what it is."""
    schemas = sorted({row["schema"] for row in (*target.relations, *target.views)})
    quoted = ('"' + name.replace('"', '""') + '"' for name in schemas)
    return ", ".join(part for part in (path, *quoted) if part.strip())


def by_role(role: str, settings: Mapping[str, str] | None = None) -> Identity:
    """Make an identity.

    Args:
        role: its name.
        settings: of its session.
    """
    return Identity(role, tuple(sorted((settings or {}).items())))
