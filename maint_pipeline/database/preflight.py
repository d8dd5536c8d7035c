"""Whether a migration can get to its end, looked at before anything is changed (preflight.sql)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from maint_pipeline.database.columns import LEDGER_COLUMNS
from maint_pipeline.database.connection import Connection
from maint_pipeline.database.entry_functions import Place, refuse_to_replace
from maint_pipeline.errors import ConfigurationError

_HERE = Path(__file__).parent


class CannotMigrateError(ConfigurationError):
    """Something keeps the migration from getting to its end. Nothing was changed."""


def check_preflight(
    connection: Connection, found: Sequence[Place], replace: Sequence[str], *, changes: bool
) -> None:
    """Refuse to begin what can't be ended.

    Args:
        connection: of the role that migrates; only read.
        found: of `entry_functions.places`.
        replace: our functions that are to replace the application's.
        changes: whether the migration has anything to do.

    Raises:
        CannotMigrateError: the message has every problem with its remedy.
    """
    lines = [f"  - {words}." for words in refuse_to_replace(found, replace)]
    if changes:
        query = (_HERE / "preflight.sql").read_text(encoding="utf-8")
        ours = json.dumps([{"name": c.name, "type": c.type} for c in LEDGER_COLUMNS])
        rows = connection.execute(query.encode(), {"ledger_columns": ours}).fetchall()
        lines += [f"  - {row['problem']}. {row['remedy']}." for row in rows]
    if lines:
        problems = "\n".join(lines)
        raise CannotMigrateError(f"Nothing was changed. First fix this:\n{problems}")
