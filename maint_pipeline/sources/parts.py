"""The parts that relations of the application play: listed and set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError


@dataclass(frozen=True)
class Relation:
    """A table or view, by its schema and name as the catalog has them."""

    schema: str
    name: str


def parse_relation(connection: Connection, text: str) -> Relation:
    """Read SCHEMA.NAME, as SQL would: a part in double quotes is taken as it is.

    Args:
        connection: any; the server reads the text.
        text: what somebody wrote; without a schema, public is meant.

    Raises:
        UsageError: it is no name.
    """
    try:
        row = fetch_one(connection, "select pg_catalog.parse_ident(%s) as parts", [text])
    except psycopg.errors.InvalidParameterValue:
        raise UsageError(f"{text!r} is no relation: write SCHEMA.NAME.") from None
    parts = row["parts"]
    if len(parts) == 1:
        return Relation("public", parts[0])
    if len(parts) == 2:  # noqa: PLR2004
        return Relation(*parts)
    raise UsageError(f"{text!r} is no relation: write SCHEMA.NAME.")


def list_sources(connection: Connection) -> list[dict[str, Any]]:
    """Give each part with what plays it and what can't be looked at because of it.

    Args:
        connection: in autocommit mode, as `maint_owner`.

    Returns:
        Rows of `part, state` (default, set, none), `relation, status` (mapped, none, not there,
        does not fit), `problem, columns` (ours to theirs), `not_mapped, checks` (not applicable).
    """
    connection.execute("select maint.bind_sources()")
    return connection.execute(
        "select part, state, relation, status, problem, columns, not_mapped, checks "
        "from maint.source_states() order by part"
    ).fetchall()


def source_state(connection: Connection, part: str) -> dict[str, Any]:
    """Give one part, as `list_sources` does.

    Raises:
        UsageError: there is no such part.
    """
    rows = {row["part"]: row for row in list_sources(connection)}
    if part not in rows:
        raise UsageError(f"There is no source {part}. The sources: {', '.join(rows)}.")
    return rows[part]


def set_source(
    connection: Connection,
    part: str,
    relation: Relation | None = None,
    columns: Mapping[str, str | None] | None = None,
) -> None:
    """Say which relation plays a part, and how our columns are called there.

    It is looked at before it is stored, with a trial read.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        part: for example `audit_log`.
        relation: None: the one that plays it already.
        columns: our column to the application's column or an SQL expression over its row; None for
            a column that there is not. Those that aren't named stay as they were, or are looked for
            under our name.

    Raises:
        UsageError: it can't be read so; the message says why.
    """
    try:
        connection.execute(
            "select maint.set_source(%s, %s, %s, %s::jsonb)",
            [
                part, relation.schema if relation else None, relation.name if relation else None,
                json.dumps(dict(columns or {})),
            ],
        )  # fmt: skip
    except (psycopg.errors.IntegrityError, psycopg.errors.ProgrammingError) as error:
        raise UsageError(_words(error)) from None


def set_no_source(connection: Connection, part: str) -> None:
    """Say that the application has nothing that plays a part: nobody is reminded of it again.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        part: for example `backup_runs`.
    """
    source_state(connection, part)
    connection.execute("select maint.set_no_source(%s)", [part])


def reset_source(connection: Connection, part: str) -> None:
    """Look for a part under its default name again.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        part: for example `backup_runs`.
    """
    source_state(connection, part)
    connection.execute("select maint.reset_source(%s)", [part])


def _words(error: psycopg.Error) -> str:
    hint = f" {error.diag.message_hint}" if error.diag.message_hint else ""
    return f"{error.diag.message_primary}.{hint}"
