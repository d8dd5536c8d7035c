"""What `maint dev` costs while nothing happens: beside itself with its sensor and schedules off.

    python -m benchmarks.idle [SECONDS]

In turns: all on, all off. CPU is that of all its processes but PostgreSQL, from /proc; sessions are
those that the server counted as opened; memory is the sum of PSS. A bare Dagster (web server,
daemon, code server, on a PostgreSQL of the same home) stands beside it for the memory.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from tests.dev import Dev, environment, eventually, free_port

ROUNDS = 3
SWITCHES = {
    ("sensor", False): "mutation ($id: String!) { stopSensor(id: $id) { __typename } }",
    ("schedule", False): "mutation ($id: String!) { stopRunningSchedule(id: $id) { __typename } }",
    ("sensor", True): "mutation ($name: SensorSelector!) "
    "{ startSensor(sensorSelector: $name) { __typename } }",
    ("schedule", True): "mutation ($name: ScheduleSelector!) "
    "{ startSchedule(scheduleSelector: $name) { __typename } }",
}
NAMES = """{ repositoriesOrError { ... on RepositoryConnection { nodes {
  sensors { name sensorState { id } } schedules { name scheduleState { id } } } } } }"""


@dataclass(frozen=True)
class Cost:
    """Per second: of a core, of sessions opened in Dagster's storage and in the application."""

    cpu: float
    storage: float
    application: float


def switch(dev: Dev, *, on: bool) -> None:
    """Switch all sensors and schedules."""
    (repository,) = dev.graphql(NAMES)["repositoriesOrError"]["nodes"]
    place = {"repositoryName": "__repository__", "repositoryLocationName": "maint_pipeline"}
    for kind in ("sensor", "schedule"):
        for one in repository[f"{kind}s"]:
            if on:
                given = {"name": {**place, f"{kind}Name": one["name"]}}
            else:
                given = {"id": one[f"{kind}State"]["id"]}
            answer = dev.graphql(SWITCHES[kind, on], **given)
            assert not any("Error" in str(value) for value in answer.values()), answer


def cpu(processes: list[psutil.Process]) -> float:
    """CPU seconds of processes so far."""
    total = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def sessions(dev: Dev) -> dict[str, int]:
    """Sessions opened so far in each database."""
    with closing(psycopg.connect(dev.url, autocommit=True)) as connection:
        connection.execute("select pg_stat_force_next_flush()")
        return dict(
            connection.execute(
                "select datname, sessions from pg_stat_database where datname in ('app', 'dagster')"
            ).fetchall()
        )


def cost(dev: Dev, seconds: float) -> Cost:
    """Watch for a while."""
    processes = [psutil.Process(dev.process.pid), *dev.servers()]
    began, before, opened = time.monotonic(), cpu(processes), sessions(dev)
    time.sleep(seconds)
    took, after = time.monotonic() - began, sessions(dev)
    # One of the application's is ours.
    return Cost(
        (cpu(processes) - before) / took,
        (after["dagster"] - opened["dagster"]) / took,
        (after["app"] - opened["app"] - 1) / took,
    )


def pss(processes: list[psutil.Process]) -> float:
    """Megabytes, what is shared divided among those who share it."""
    total = 0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / 1e6


def bare_memory(home: Path) -> float:
    """What Dagster alone takes: a job of one empty op, its daemon, web server and code server."""
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    workspace = home / "workspace.yaml"
    socket = home / "code"
    workspace.write_text(f"load_from: [grpc_server: {{socket: {socket}, location_name: bare}}]\n")
    variables = {**environment(home), "DAGSTER_HOME": str(home)}
    commands = (
        ["dagster", "code-server", "start", "--socket", str(socket), "-m", "benchmarks.bare"],
        ["dagster_webserver", "-p", str(free_port()), "-w", str(workspace)],
        ["dagster._daemon", "run", "-w", str(workspace)],
    )
    started = []
    try:
        for command in commands:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", *command], env=variables,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                )
            )  # fmt: skip
            eventually(socket.exists, 60)
        time.sleep(60)
        return pss([p for one in started for p in family(one.pid)])
    finally:
        for one in started:
            with suppress(psutil.NoSuchProcess):
                for process in family(one.pid):
                    process.kill()
            one.wait()


def family(pid: int) -> list[psutil.Process]:
    """A process and all below it."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def main() -> None:
    """Measure, and print the figures."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with tempfile.TemporaryDirectory(prefix="maint-idle-") as folder:
        parent = Path(folder)
        parent.chmod(0o755)
        dev = Dev(parent / "home").wait_until_up()
        try:
            time.sleep(60)  # the first looks are others
            found: dict[bool, list[Cost]] = {True: [], False: []}
            for _ in range(ROUNDS):
                for on in (True, False):
                    switch(dev, on=on)
                    time.sleep(25)  # the tick that was at work ends
                    found[on].append(cost(dev, seconds))
                    print("on " if on else "off", found[on][-1], flush=True)
            switch(dev, on=True)
            ours = pss([psutil.Process(dev.process.pid), *dev.servers()])
            print_parts(dev)
        finally:
            dev.stop()
        (parent / "bare").mkdir()
        bare = bare_memory(parent / "bare")
    for name in ("cpu", "storage", "application"):
        on, off = (statistics.median(getattr(c, name) for c in found[x]) for x in (True, False))
        ratio = f"{on / off:.2f}" if off else "-"
        print(f"{name:12} on {on:.3f}, off {off:.3f}, ratio {ratio}")
    print(f"memory       ours {ours:.0f} MB, bare Dagster {bare:.0f} MB, ratio {ours / bare:.2f}")


def print_parts(dev: Dev) -> None:
    """Print the memory of each process."""
    for process in [psutil.Process(dev.process.pid), *dev.servers()]:
        with suppress(psutil.NoSuchProcess):
            command = " ".join(process.cmdline()[1:])[-90:]
            print(f"  {process.memory_full_info().pss / 1e6:6.1f} MB  {command}")


if __name__ == "__main__":
    main()
