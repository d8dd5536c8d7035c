"""What is known of a task run before it begins, and after it has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class RunContext:
    """What started a task run.

    Attributes:
        trigger: `schedule`, `sensor`, `manual` or `cli`.
        dagster_run_id: its run in Dagster.
        until: when its maintenance window closes, if one binds it.
        user: who launched it, as far as anybody said so.
        dry_run: whether it only looks.
        on_request: whether its task runs only when somebody asks for it.
        database: what the registry calls its database, where there is one.
    """

    trigger: str
    dagster_run_id: str | None = None
    until: datetime | None = None
    user: str | None = None
    dry_run: bool = False
    on_request: bool = False
    database: str | None = None

    @property
    def marks(self) -> dict[str, bool | str]:
        """What the ledger's row says from the start: which database, why the run doesn't count."""
        marks = {
            "database": self.database, "dry_run": self.dry_run, "on_request": self.on_request,
        }  # fmt: skip
        return {name: value for name, value in marks.items() if value}


@dataclass(frozen=True)
class Outcome:
    """How a task run ended, `completed` or `skipped`; a failure is raised instead."""

    task_id: UUID
    status: str
    details: Mapping[str, Any]
