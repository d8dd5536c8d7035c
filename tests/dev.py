"""A running `maint dev`, as tests meet it: its process, its GraphQL, its database."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from random import SystemRandom
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import psutil
import psycopg
from psycopg.rows import dict_row

LAUNCH = """
mutation ($parameters: ExecutionParams!) {
  launchRun(executionParams: $parameters) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on PythonError { message }
  }
}
"""
STATUS = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status tags { key value } } } }"
TERMINATE = "mutation ($id: String!) { terminateRun(runId: $id) { __typename } }"
FINAL = ("SUCCESS", "FAILURE", "CANCELED")


def free_port() -> int:
    """Give a port that nobody has, below those that systems give to whoever connects out.

    Of those, another test's connection might have it before it is listened at.
    """
    while True:
        port = SystemRandom().randrange(16_000, 32_000)
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def gone(processes: Iterable[psutil.Process]) -> bool:
    """Whether all of these processes have ended, collected by their parents or not."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                return False
    return True


def eventually(condition: Callable[[], Any], seconds: float = 120, every: float = 0.1) -> Any:
    """Wait until a condition gives something true, and give that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(every)
    raise AssertionError(f"not within {seconds} seconds: {condition}")


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAINT_", "DAGSTER_"))}
    return {**kept, "MAINT_HOME": str(home)}


def embedded_url(home: Path) -> str:
    """Give the URL of a home's running server, whose socket is elsewhere where the path is long."""
    try:
        lines = (home / "postgres" / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        raise psycopg.OperationalError("the server isn't running") from None
    folder = lines[4] if len(lines) > 4 and lines[4] else str(home / "postgres")
    return f"postgresql://postgres@/app?host={quote(folder, safe='')}"


def maint(home: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of ours to its end."""
    return subprocess.run(
        [sys.executable, "-m", "maint_pipeline.cli", *arguments],
        check=False, capture_output=True, text=True, env=environment(home), cwd=home.parent,
        timeout=180, **options,
    )  # fmt: skip


class DagsterUi:
    """Dagster's web server at an address, as programs call it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.address}/graphql",
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["data"]
        except HTTPError as error:  # Dagster answers a refusal by the code server with 500
            return json.load(error)["data"]

    def try_launch(self, job: str, **config: Any) -> dict[str, Any]:
        parameters = {
            "selector": {
                "repositoryLocationName": "maint_pipeline",
                "repositoryName": "__repository__",
                "jobName": job,
            },
            "runConfigData": json.dumps({"ops": {job: {"config": config}}} if config else {}),
        }
        return self.graphql(LAUNCH, parameters=parameters)["launchRun"]

    def launch(self, job: str, **config: Any) -> str:
        answer = self.try_launch(job, **config)
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return answer["run"]["runId"]

    def status(self, run_id: str) -> str:
        return self.graphql(STATUS, id=run_id)["runOrError"]["status"]

    def finished(self, run_id: str) -> str:
        def final() -> str | None:
            status = self.status(run_id)
            return status if status in FINAL else None

        return eventually(final, seconds=180)

    def terminate(self, run_id: str) -> None:
        """Cancel a run and wait for its end."""
        self.graphql(TERMINATE, id=run_id)
        self.finished(run_id)


class Dev(DagsterUi):
    """`maint dev` on a home of its own."""

    def __init__(self, home: Path, port: int | None = None, **variables: str) -> None:
        self.home = home
        self.database_url = variables.get("MAINT_DATABASE_URL")
        self.port = port or free_port()
        super().__init__(f"http://127.0.0.1:{self.port}")
        home.parent.mkdir(parents=True, exist_ok=True)
        self.output = home.parent / f"{home.name}-{self.port}.log"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "maint_pipeline.cli", "dev", "--port", str(self.port)],
                stdout=output, stderr=output, env={**environment(home), **variables},
                cwd=home.parent, start_new_session=True,
            )  # fmt: skip

    @property
    def url(self) -> str:
        return self.database_url or embedded_url(self.home)

    def wait_until_up(self) -> "Dev":
        def is_up() -> bool:
            assert self.process.poll() is None, self.output.read_text()
            return "Dagster UI: " in self.output.read_text()

        eventually(is_up, seconds=180)
        return self

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end, and give its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=120)

    def processes(self) -> list[psutil.Process]:
        """Everything that belongs to it: its descendants and its PostgreSQL."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return found + [p for p in psutil.process_iter(["cmdline"]) if self._is_postgres(p)]

    def servers(self) -> list[psutil.Process]:
        """Its processes but PostgreSQL's; one that ends meanwhile doesn't count."""
        found = []
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                if not process.name().startswith("postgres"):
                    found.append(process)
        return found

    def _is_postgres(self, process: psutil.Process) -> bool:
        return str(self.home / "postgres") in (process.info["cmdline"] or [])

    def run_process(self) -> psutil.Process:
        """The process of the one run in progress: a child of the code server.

        An earlier run's may still be about to end, or a schedule's be at work.
        """

        def runs() -> list[psutil.Process]:
            found = []
            for process in psutil.Process(self.process.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    if re.search(r"multiprocessing\.spawn", " ".join(process.cmdline())):
                        found.append(process)
            return found

        return eventually(lambda: found if len(found := runs()) == 1 else None)[0]

    def sql(self, query: str, parameters: Any = None) -> list[dict[str, Any]]:
        with closing(
            psycopg.connect(self.url, autocommit=True, row_factory=dict_row)
        ) as connection:
            cursor = connection.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def ledger(self, run_id: str) -> dict[str, Any] | None:
        rows = self.sql(
            "select * from public.maintenance_task_runs where dagster_run_id = %s", [run_id]
        )
        return rows[0] if rows else None

    def working(self, run_id: str) -> dict[str, Any]:
        """Wait until a run has reported progress, and give its row."""

        def row() -> dict[str, Any] | None:
            found = self.ledger(run_id)
            assert not found or found["status"] == "running", found
            return found if found and "progress" in found["details"] else None

        return eventually(row)

    def sessions(self, task: str) -> list[dict[str, Any]]:
        """What the server works at for a task."""
        return self.sql(
            "select pid, state from pg_stat_activity where application_name = %s", [f"maint {task}"]
        )
