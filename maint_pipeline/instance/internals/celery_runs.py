"""A run that a Celery worker does: claimed in Dagster's storage, and canceled through it.

The message from the broker only says that there is something to do. Whether it may be done is
decided here: by the run's status, by the tag that the launcher set before it sent the message, and
by a lease that one session at a time can hold (docs/decisions/0049). Nothing here imports Celery.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from select import select
from threading import Thread
from uuid import UUID

import psycopg
from dagster import DagsterError, DagsterInstance, DagsterRun, DagsterRunStatus
from dagster._cli.api import _execute_run_command_body, _resume_run_command_body
from sqlalchemy.exc import SQLAlchemyError

from maint_pipeline.database.connection import Connection
from maint_pipeline.database.urls import libpq_url
from maint_pipeline.errors import ConfigurationError, UnreachableError
from maint_pipeline.instance.internals.daemon import postgres_url
from maint_pipeline.instance.lease import Lease, give_back, holds, open_session, try_lease

TASK_ID_TAG = "dagster-celery/task_id"
"""Which message a run waits for; of dagster-celery, and checked against it by a test."""

CANCEL = "maint_cancel_run"
"""What the launcher notifies with a run's id, after it has reported that the run is canceling."""

LOOK_SECONDS = 5.0
"""How often a run's process looks by itself whether its lease is held, and whether it is wanted."""

_RETRY_SECONDS = 1.0
_SOON_SECONDS = 0.02
_log = logging.getLogger("maint_pipeline.worker")


def lease_key(run_id: str) -> str:
    """Give the key of a run's lease."""
    return f"maint_pipeline/run/{run_id}"


def open_storage(instance: DagsterInstance) -> Connection:
    """Open a session of Dagster's storage, which can hold a run's lease.

    Args:
        instance: whose storage is in PostgreSQL.

    Raises:
        ConfigurationError: it is not.
        UnreachableError: it can't be reached.
    """
    url = postgres_url(instance)
    if url is None:
        raise ConfigurationError("Runs by Celery need Dagster's storage in PostgreSQL.")
    return open_session(libpq_url(url), "maint run")


def do_run(run_id: object, task_id: str | None) -> str:
    """Do a run that was launched, or resume one whose process has died.

    Args:
        run_id: as the message says it; anything may have been written there.
        task_id: of the message.

    Returns:
        What was done, in words for the log.
    """
    if not _is_uuid(run_id):
        return "Refused: the message names no run."
    with DagsterInstance.get() as instance, closing(open_storage(instance)) as session:
        if not _is_meant(instance.get_run_by_id(str(run_id)), task_id):
            return f"Refused: the run {run_id} does not wait for this message."
        lease = try_lease(session, lease_key(str(run_id)))
        if lease is None:
            return f"Refused: another worker has the run {run_id}."
        watch = _Watch(instance, str(run_id), session, lease)
        try:
            return _do_claimed(watch, task_id)
        finally:
            watch.give_back()


def _do_claimed(watch: _Watch, task_id: str | None) -> str:
    """Look again, now that nobody else can take the run, and do it."""
    run = watch.instance.get_run_by_id(watch.run_id)
    if run is None or not _is_meant(run, task_id):
        return f"Refused: the run {watch.run_id} does not wait for this message any more."
    if run.status is DagsterRunStatus.CANCELING:
        watch.instance.report_run_canceled(run)
        return f"Canceled before it began: {run.run_id}."
    with watch.watching():
        _do(watch.instance, run)
    return f"Done: {run.run_id}."


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _is_meant(run: DagsterRun | None, task_id: str | None) -> bool:
    return (
        run is not None
        and task_id is not None
        and run.tags.get(TASK_ID_TAG) == task_id
        and run.status
        in (DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING)
    )


def _do(instance: DagsterInstance, run: DagsterRun) -> None:
    is_new = run.status is DagsterRunStatus.STARTING
    body = _execute_run_command_body if is_new else _resume_run_command_body
    body(run.run_id, instance, lambda _event: None, False)


class _Watch:
    """Watches, in a thread, whether the run of this process is still wanted and still ours."""

    def __init__(
        self, instance: DagsterInstance, run_id: str, session: Connection, lease: Lease
    ) -> None:
        self.instance, self.run_id = instance, run_id
        self.session, self.lease = session, lease
        self.key = lease_key(run_id)
        self.ended = self.end = -1
        self.unwanted = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch within the block; SIGTERM comes to nothing where Dagster does not expect it."""
        self.ended, self.end = os.pipe()
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
        signal.signal(signal.SIGINT, _not_now)
        signal.signal(signal.SIGTERM, _not_now)
        watcher = Thread(target=self._watch, name="run watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            os.write(self.end, b".")
            watcher.join()
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self.end)
            os.close(self.ended)

    def give_back(self) -> None:
        """End the lease."""
        with suppress(psycopg.Error):  # it ended with its session
            give_back(self.session, self.key, self.lease)
        self.session.close()

    def _watch(self) -> None:
        listening: Connection | None = None
        while not self._has_ended(0):
            try:
                if listening is not self.session:
                    self.session.execute(f"listen {CANCEL}")
                    listening = self.session
                self._cancel_if_unwanted()
                self._wait()
                if not holds(self.session, self.lease, self.key):
                    self._take_again()
            except (psycopg.Error, UnreachableError, SQLAlchemyError, DagsterError) as error:
                _log.warning("The watch of the run %s: %s", self.run_id, type(error).__name__)
                if self._has_ended(_RETRY_SECONDS):
                    return
                if self.session.closed:
                    self._take_again()

    def _wait(self) -> None:
        """Wait until there is something to look at, or the run has ended."""
        server = self.session.pgconn
        ready = select([self.ended, server.socket], [], [], LOOK_SECONDS)[0]
        if server.socket in ready:
            server.consume_input()
            while server.notifies():
                pass

    def _has_ended(self, seconds: float) -> bool:
        return bool(select([self.ended], [], [], seconds)[0])

    def _take_again(self) -> None:
        """Take the lease with another session; stop at once if the run is another worker's now."""
        self.session.close()
        session = open_storage(self.instance)
        lease = try_lease(session, self.key)
        if lease is None and holds(session, self.lease, self.key):
            session.close()  # the server has not noticed yet that the former session ended
            return
        run = self.instance.get_run_by_id(self.run_id)
        if lease is None or run is None or run.is_finished:
            # Whatever this process would still report of the run is not true any more.
            os.kill(os.getpid(), signal.SIGKILL)
            return
        _log.warning("The run %s has another session: the former one ended.", self.run_id)
        self.session, self.lease = session, lease

    def _cancel_if_unwanted(self) -> None:
        """Interrupt the run, once, as soon as Dagster expects that."""
        if self.unwanted:
            return
        run = self.instance.get_run_by_id(self.run_id)
        self.unwanted = run is not None and run.status is DagsterRunStatus.CANCELING
        while self.unwanted and not self._has_ended(_SOON_SECONDS):
            if signal.getsignal(signal.SIGTERM) is not _not_now:
                os.kill(os.getpid(), signal.SIGTERM)
                return


def _not_now(_number: int, _frame: object) -> None:
    """Dagster handles these signals while a run is in progress; before and after, nobody does."""
