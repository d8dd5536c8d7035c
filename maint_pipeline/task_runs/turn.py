"""The turn of one database in a run that works through many: another thread can end it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

import psycopg

from maint_pipeline.database.connection import Connection
from maint_pipeline.registry.databases import Database
from maint_pipeline.task_runs.ledger import TaskRun


class TurnEndedError(BaseException):
    """The run is canceled: recorded as that, because it is no error."""


@dataclass
class Turn:
    """What a task run of one database shares with the run that works through many.

    Attributes:
        ending: set when the run is canceled.
        is_first: whether it is the first of all databases: it does what they need once.
        until: when the database's maintenance window closes, if one binds the task.
        reports_for: gives the databases with the same channels, if the weekly report of all is
            this one's; None where another one has it.
        server_in: given a session in the database, names another one in which the checks of the
            server are evaluated; None where they have to be here.
    """

    ending: Event
    is_first: bool = False
    until: datetime | None = None
    reports_for: Callable[[], Sequence[Database] | None] = lambda: None
    server_in: Callable[[Connection], str | None] = lambda _connection: None
    _run: TaskRun | None = field(default=None, init=False)

    def log(self, _message: str) -> None:
        """Say nothing: the ledger has it all, and a line for each step would fill Dagster.

        Raises:
            TurnEndedError: the run is canceled.
        """
        if self.ending.is_set():
            raise TurnEndedError

    @contextmanager
    def of(self, run: TaskRun) -> Iterator[None]:
        """Let `end_statement` end what this run is doing, within the block.

        Raises:
            TurnEndedError: the run was canceled meanwhile.
        """
        self.log("")
        self._run = run
        try:
            yield
        except psycopg.errors.QueryCanceled:
            self.log("")
            raise
        finally:
            self._run = None

    def end_statement(self) -> None:
        """End the statement that the server works on for this database, if there is one."""
        if (run := self._run) is not None:
            with suppress(psycopg.Error):
                run.connection.cancel_safe(timeout=2)
