"""Letting a relation play a part, with what that takes in an administrator's session."""

from __future__ import annotations

from collections.abc import Mapping

from maint_pipeline.database.connection import Connection
from maint_pipeline.sources.grants import grant_access
from maint_pipeline.sources.parts import Relation, set_source, source_state
from maint_pipeline.sources.trigger import move_backup_trigger


def map_relation(
    connection: Connection,
    administrator: Connection,
    part: str,
    relation: Relation | None,
    columns: Mapping[str, str | None],
) -> list[str]:
    """Grant what is lacking, store the source, and move the trigger that backup runs have.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        administrator: a session that may grant, in autocommit mode.
        part: for example `audit_log`.
        relation: None: the one that plays the part already.
        columns: as for `set_source`.

    Returns:
        The statements that were executed in the administrator's session to grant.

    Raises:
        UsageError: the relation can't play the part; the message says why.
        ConfigurationError: the administrator may not grant what is lacking.
    """
    source_state(connection, part)
    granted = (
        grant_access(connection, administrator, relation, purge=part == "audit_log")
        if relation
        else []
    )
    set_source(connection, part, relation, columns)
    if part == "backup_runs":
        move_backup_trigger(connection, administrator)
    return granted
