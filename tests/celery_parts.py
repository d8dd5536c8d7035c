"""Celery's parts, real ones: Redis with deploy/celery's settings, workers, and Dagster's daemon."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import psycopg
import pytest
import yaml
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter
from psycopg.rows import dict_row

from maint_pipeline.database.urls import database_url
from tests.application import CREATE_PROFILE
from tests.celery_guide import Guide
from tests.celery_redis import Redis, create_run
from tests.conftest import TEMPLATE
from tests.dev import environment, eventually, gone
from tests.shells import BIN

ONE = "MAINT_DATABASE_URL_FILE"
FINAL = (DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED)


class Deployment:
    """The deployment of docs/celery.md on one machine: Redis, a storage, workers, the daemon.

    Args of its making:
        folder: for its files; empty.
        where: which variable in maint.env says where the databases are.
        value: of that variable, or of the secret in its file.
        storage: libpq URL of Dagster's storage.
        slots: how many runs are launched at once.
    """

    def __init__(self, folder: Path, where: str, value: str, storage: str, *, slots: int) -> None:
        self.folder, self.storage, self.application = folder, storage, value
        secrets = {"dagster-database-url": storage, "database-url": value}
        self.guide = Guide(folder, secrets)
        if where != ONE:
            file = folder / "etc/maint/maint.env"
            file.write_text(
                re.sub(rf"^{ONE}=.*$", f"{where}={value}", file.read_text(), flags=re.M)
            )
        self.guide.follow()
        self.redis = Redis(self.guide)
        file = folder / "etc/maint/dagster/dagster.yaml"
        settings = yaml.safe_load(file.read_text())
        settings["run_coordinator"]["config"]["max_concurrent_runs"] = slots
        settings["run_monitoring"]["start_timeout_seconds"] = 25  # tests wait for it
        file.write_text(yaml.safe_dump(settings))
        self.variables = self.guide.variables()
        self.environment = {**environment(folder), **self.variables}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def start(self, name: str, *command: str | Path) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, env=self.environment, cwd=self.folder, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start_worker(self, name: str, slots: int, *, wait: bool = True) -> None:
        """Start a worker with the command of its unit; wait until it takes runs."""
        here = {"%i": name, "%H": "host", "4": str(slots)}
        command = [
            re.sub("%[iH]|^4$", lambda found: here[found.group()], word)
            for word in self.guide.command("maint-worker@.service")
        ]
        before = self.log(name).count(" ready.") if (self.folder / f"{name}.log").exists() else 0
        self.start(name, *command)
        if wait:
            eventually(lambda: self.alive(name) and self.log(name).count(" ready.") > before)

    def start_daemon(self) -> None:
        self.start("daemon", BIN / "maint", "daemon")
        eventually(lambda: self.alive("daemon") and "Leads" in self.log("daemon"))

    def alive(self, name: str) -> bool:
        assert self.processes[name].poll() is None, self.log(name)
        return True

    def ended(self, name: str) -> None:
        """Wait until a worker ends by itself."""
        self.processes.pop(name).wait(120)

    def children(self, name: str) -> list[psutil.Process]:
        """The processes of a worker that do runs."""
        return psutil.Process(self.processes[name].pid).children(recursive=True)

    def kill(self, name: str) -> None:
        """As when a machine loses its power."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self, name: str, seconds: float = 120) -> int:
        """As KillMode=mixed does: SIGTERM to the main process, and wait for it."""
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(seconds)

    def close(self) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError, psutil.NoSuchProcess):
                left = psutil.Process(process.pid).children(recursive=True)
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                eventually(lambda left=left: gone(left))
        self.redis.stop()

    def create(self, job: str, config: dict[str, Any] | None = None) -> str:
        """Queue a run, as Dagster's web server does; the daemon launches it."""
        with DagsterInstance.get() as instance:
            return create_run(instance, job, config).run_id

    def status(self, run_id: str) -> DagsterRunStatus:
        with DagsterInstance.get() as instance:
            return instance.get_run_by_id(run_id).status

    def finished(self, run_id: str, seconds: float = 180) -> DagsterRunStatus:
        return eventually(
            lambda: found if (found := self.status(run_id)) in FINAL else None, seconds
        )

    def ledger(self, run_id: str) -> list[dict[str, Any]]:
        """The rows of a run, the oldest first."""
        return self.sql(
            "select * from public.maintenance_task_runs where dagster_run_id = %s "
            "and parent_id is null order by started_at", run_id,
        )  # fmt: skip

    def statuses(self, run_id: str) -> list[str]:
        return [row["status"] for row in self.ledger(run_id)]

    def sql(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        with closing(psycopg.connect(self.application, autocommit=True, row_factory=dict_row)) as c:
            cursor = c.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def fill(self, rows: int) -> None:
        """Add expired rows to the audit log, for a purge that takes a while."""
        if not self.sql("select id from public.profiles"):
            self.sql(CREATE_PROFILE)
        self.sql(
            "insert into public.audit_logs (entity, action, user_id, time) "
            "select 'invoice', 'read', (select id from public.profiles limit 1), "
            "now() - interval '1 year' from generate_series(1, %s)", rows,
        )  # fmt: skip

    def working(self, run_id: str) -> None:
        """Wait until a run has reported progress."""
        eventually(lambda: any("progress" in row["details"] for row in self.ledger(run_id)
                               if row["status"] == "running"))  # fmt: skip

    def events(self, run_id: str) -> str:
        """What Dagster recorded of a run, as text."""
        with DagsterInstance.get() as instance:
            return "\n".join(
                f"{e.user_message} {e.dagster_event}" for e in instance.all_logs(run_id)
            )

    def retry_of(self, run_id: str) -> str | None:
        with DagsterInstance.get() as instance:
            found = instance.get_runs(RunsFilter(tags={"dagster/parent_run_id": run_id}))
        return found[0].run_id if found else None

    def sessions(self, task: str) -> list[dict[str, Any]]:
        return self.sql(
            "select pid, state from pg_stat_activity where application_name = %s "
            "and datname = current_database()", f"maint {task}",
        )  # fmt: skip


@contextmanager
def deployment(folder: Path, server: str, *, slots: int = 4) -> Iterator[Deployment]:
    """Run Redis with a migrated database and a storage; workers and daemon start when asked.

    Args:
        folder: for its files; empty.
        server: superuser's URL of a server that has the tests' template.
        slots: how many runs are launched at once.
    """
    with new_databases(server, 1) as (storage, application):
        made = Deployment(folder, ONE, application, storage, slots=slots)
        with in_use(made):
            yield made


@contextmanager
def in_use(made: Deployment) -> Iterator[None]:
    """Give this process the environment of a deployment, and end all of it afterwards."""
    try:
        with pytest.MonkeyPatch.context() as ours:
            for name, value in made.variables.items():
                ours.setenv(name, value)
            made.redis.start()
            yield
    finally:
        made.close()


@contextmanager
def new_databases(server: str, count: int) -> Iterator[list[str]]:
    """Make an empty database, and so many of the tests' template; give their URLs."""
    names = [f"celery_{uuid4().hex}" for _ in range(count + 1)]
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        try:
            connection.execute(f"create database {names[0]}")
            for name in names[1:]:
                connection.execute(f"create database {name} template {TEMPLATE} strategy file_copy")
            yield [database_url(server, name) for name in names]
        finally:
            for name in names:
                connection.execute(f"drop database if exists {name} with (force)")
