"""Dagster's run launcher for Celery, with what dagster-celery's own lacks.

dagster.yaml names it (deploy/celery/dagster.yaml). The broker only carries messages: canceling,
resuming and noticing dead workers go through Dagster's storage, so that none of them depends on a
broker that is away, and nobody who can write to the broker can do any of it (docs/decisions/0049).
"""

from __future__ import annotations

from contextlib import closing
from time import monotonic
from typing import Any
from uuid import uuid4

from celery import Celery
from dagster import DagsterRun, DagsterRunStatus
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.launcher import (
    CheckRunHealthResult,
    LaunchRunContext,
    ResumeRunContext,
    WorkerStatus,
)
from dagster_celery.launcher import CeleryRunLauncher
from kombu.exceptions import OperationalError

from maint_pipeline.errors import ConfigurationError
from maint_pipeline.instance.internals.celery_runs import (
    CANCEL,
    TASK_ID_TAG,
    do_run,
    lease_key,
    open_storage,
)
from maint_pipeline.instance.lease import give_back, is_held, try_lease
from maint_pipeline.settings import load_settings

TASK = "maint_pipeline.do_run"

GONE_SECONDS = 8.0
"""So long nobody holds a run's lease before its worker counts as dead: a run whose session ended
because the storage was restarted takes a new one within a second."""

WAIT_SECONDS = 60.0
"""So long a resumed run may wait for a worker before it is resumed again."""

_VISIBILITY_SECONDS = 30
"""When Redis gives a message to another worker because the first one died before it began."""

SETTINGS = {
    # Messages are data: nothing that is read from the broker can be code.
    "accept_content": ["json"],
    "task_serializer": "json",
    # Nobody waits for results: what came of a run is in Dagster's storage.
    "result_backend": None,
    "task_ignore_result": True,
    # Nobody who can write to the broker stops workers or their children.
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    # A worker takes a message when it has a process for it; others may have one now.
    "worker_disable_prefetch": True,
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 100,
    "worker_redirect_stdouts": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {
        "visibility_timeout": _VISIBILITY_SECONDS,
        "socket_connect_timeout": 5,
        "socket_timeout": 15,
        "socket_keepalive": True,
    },
    "task_publish_retry_policy": {
        "max_retries": 3, "interval_start": 0, "interval_step": 0.5, "interval_max": 1,
    },
}  # fmt: skip
"""Of launcher and workers."""


class CeleryLauncher(CeleryRunLauncher):
    """Launches runs as messages to Celery's workers (worker.py)."""

    def __init__(self, default_queue: str, broker: str | None = None, **settings: Any) -> None:
        """Take the settings of dagster.yaml: see dagster-celery.

        Args:
            default_queue: of runs without a tag that names another.
            broker: its URL; by default MAINT_CELERY_BROKER_URL.
            settings: of dagster-celery.

        Raises:
            ConfigurationError: no broker is named.
        """
        super().__init__(default_queue, broker=broker or _broker(), **settings)
        self.celery.conf.update(SETTINGS)
        self.celery.conf.task_routes = {}
        add_task(self.celery)
        self._missing_since: dict[str, float] = {}
        self._resumed_at: dict[str, float] = {}

    def launch_run(self, context: LaunchRunContext) -> None:
        """Send a message for a run that is starting.

        Args:
            context: the run.

        Raises:
            DagsterUserCodeUnreachableError: the broker is out of reach. Dagster queues the run
                again, where `max_user_code_failure_retries` lets it.
        """
        self._send(context.dagster_run)

    def resume_run(self, context: ResumeRunContext) -> None:
        """Send a message for a run whose process has died.

        Args:
            context: the run.

        Raises:
            DagsterUserCodeUnreachableError: the broker is out of reach.
        """
        run = context.dagster_run
        self._resumed_at[run.run_id] = monotonic()
        self._send(run)

    def _send(self, run: DagsterRun) -> None:
        task_id = str(uuid4())
        # Before the message: a worker refuses one that its run does not wait for.
        self._instance.add_run_tags(run.run_id, {TASK_ID_TAG: task_id})
        signature = self.celery.tasks[TASK].si(run.run_id).set(task_id=task_id)
        try:
            self._launch_celery_task_run(run, signature, TASK)
        except (OperationalError, OSError) as error:
            # Its text may have the broker's URL.
            raise DagsterUserCodeUnreachableError(
                f"Celery's broker is out of reach ({type(error).__name__}). "
                "See that Redis runs, and MAINT_CELERY_BROKER_URL."
            ) from None

    def terminate(self, run_id: str) -> bool:
        """Cancel a run, whether it works, waits in the broker, or its worker has died.

        Args:
            run_id: of the run.

        Returns:
            Whether there was something to cancel.
        """
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished or TASK_ID_TAG not in run.tags:
            return False
        if run.status is not DagsterRunStatus.CANCELING:
            # Without this event Dagster takes the interruption for a failure.
            self._instance.report_run_canceling(run)
        key = lease_key(run_id)
        with closing(open_storage(self._instance)) as session:
            if lease := try_lease(session, key):
                # Nobody works at it, and now nobody will.
                self._instance.report_run_canceled(run)
                give_back(session, key, lease)
            else:
                session.execute("select pg_notify(%s, %s)", [CANCEL, run_id])
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Say whether a process works at a run.

        Args:
            run: which has started.

        Raises:
            UnreachableError: Dagster's storage is away; nothing is known then.
        """
        if TASK_ID_TAG not in run.tags:
            return CheckRunHealthResult(WorkerStatus.RUNNING, "a command line's, not Celery's")
        with closing(open_storage(self._instance)) as session:
            held = is_held(session, lease_key(run.run_id))
        now = monotonic()
        if held:
            self._missing_since.pop(run.run_id, None)
            self._resumed_at.pop(run.run_id, None)
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        if now - self._resumed_at.get(run.run_id, -WAIT_SECONDS) < WAIT_SECONDS:
            return CheckRunHealthResult(WorkerStatus.RUNNING, "waits for a worker")
        if now - self._missing_since.setdefault(run.run_id, now) < GONE_SECONDS:
            return CheckRunHealthResult(WorkerStatus.RUNNING, "its session is missing")
        del self._missing_since[run.run_id]
        return CheckRunHealthResult(WorkerStatus.FAILED, "the process of the run has ended")

    def get_run_worker_debug_info(
        self, run: DagsterRun, include_container_logs: bool | None = True
    ) -> str | None:
        """Say for a failed run's log where it was.

        Args:
            run: which failed.
            include_container_logs: there are none.
        """
        task_id = run.tags.get(TASK_ID_TAG, "none was sent")
        return f"Celery task {task_id}. The log of the workers says what became of it."


def _broker() -> str:
    url = load_settings().celery_broker_url
    if url is None:
        raise ConfigurationError(
            "Runs by Celery need MAINT_CELERY_BROKER_URL: the URL of Redis (docs/celery.md)."
        )
    return url.get_secret_value()


def add_task(app: Celery) -> None:
    """Register the one task that workers do.

    Args:
        app: Celery's, of the launcher or of a worker.
    """

    def run_of_dagster(task: Any, run_id: object) -> None:
        task.app.log.get_default_logger().info(do_run(run_id, task.request.id))

    # Not shared: each launcher of a process would leave its own to all that come later.
    app.task(run_of_dagster, bind=True, name=TASK, shared=False)
