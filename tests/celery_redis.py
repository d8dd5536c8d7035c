"""Celery's broker, and runs that wait to be sent to it."""

import os
import shutil
import signal
import subprocess
from contextlib import closing
from typing import Any

import pytest
import redis
from dagster import DagsterEvent, DagsterInstance, DagsterRun, DagsterRunStatus
from dagster._core.definitions.reconstruct import ReconstructableJob, ReconstructableRepository
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

from maint_pipeline.definitions import defs
from maint_pipeline.instance.home import DEFINITIONS_MODULE, LOCATION_NAME
from tests.celery_guide import Guide
from tests.dev import eventually

REDIS = shutil.which("redis-server")


class Redis:
    """A Redis of a test's own on a socket in its folder, set up by the guide."""

    def __init__(self, guide: Guide) -> None:
        if REDIS is None:
            assert not os.environ.get("MAINT_TEST_REQUIRE_ALL"), "redis-server is not installed"
            pytest.skip("redis-server is not installed")
        self.settings = guide.folder / "etc/redis/redis-maint.conf"
        self.log = guide.folder / "redis.log"
        self.url = (guide.folder / "etc/maint/secrets/celery-broker-url").read_text().strip()
        self.socket = guide.folder / "run/redis-maint/redis.sock"
        self.password = self.url.partition("maint:")[2].partition("@")[0]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Redis":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([REDIS, self.settings], stdout=log)
        eventually(self.socket.exists, seconds=30)
        return self

    def stop(self, number: int = signal.SIGKILL) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(60)
        self.socket.unlink(missing_ok=True)

    def command(self, *words: str) -> Any:
        """Send a command, as the user of the workers."""
        with closing(
            redis.Redis(unix_socket_path=str(self.socket), username="maint", password=self.password)
        ) as client:
            return client.execute_command(*words)


def create_run(
    instance: DagsterInstance, job: str, config: dict[str, Any] | None = None, **tags: str
) -> DagsterRun:
    """Queue a run of one of our jobs, as Dagster's web server does."""
    module = ReconstructableRepository.for_module(DEFINITIONS_MODULE, "defs")
    target = LoadableTargetOrigin(module_name=DEFINITIONS_MODULE)
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, LOCATION_NAME)
    run = instance.create_run_for_job(
        defs.resolve_job_def(job), status=DagsterRunStatus.NOT_STARTED, tags=tags,
        run_config={"ops": {job: {"config": config}}} if config else {},
        job_code_origin=ReconstructableJob(module, job).get_python_origin(),
        remote_job_origin=RemoteJobOrigin(
            RemoteRepositoryOrigin(location, "__repository__"), job
        ),
    )  # fmt: skip
    instance.report_dagster_event(DagsterEvent.job_enqueue(run), run_id=run.run_id)
    return run
