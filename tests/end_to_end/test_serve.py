"""`maint serve`: the guarded UI alone, as production runs it."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.attacks import BODY, IN_URL, send
from tests.dev import DagsterUi, environment, eventually, free_port
from tests.shells import is_loaded

pytestmark = pytest.mark.full

JSON = "Content-Type: application/json"


class Serve(DagsterUi):
    """`maint serve` on a home of its own."""

    def __init__(self, home: Path, *arguments: str, **variables: str) -> None:
        self.port = free_port()
        super().__init__(f"http://127.0.0.1:{self.port}")
        self.output = home.parent / f"serve-{self.port}.log"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "maint_pipeline.cli", "serve", "--port", str(self.port),
                 *arguments],
                stdout=output, stderr=output, env={**environment(home), **variables},
                start_new_session=True,
            )  # fmt: skip

    def wait_until_up(self) -> "Serve":
        def is_up() -> bool:
            assert self.process.poll() is None, self.output.read_text()
            return "Dagster UI: " in self.output.read_text()

        eventually(is_up, seconds=180)
        eventually(lambda: is_loaded(self), seconds=180)
        return self

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=120)


@pytest.fixture(scope="module")
def served_home(tmp_path_factory):
    return tmp_path_factory.mktemp("serve") / "home"


@pytest.fixture
def serve(served_home):
    """Starts `maint serve`; stopped after the test."""
    started: list[Serve] = []

    def start(*arguments: str, **variables: str) -> Serve:
        started.append(Serve(served_home, *arguments, **variables))
        return started[-1].wait_until_up()

    yield start
    for serving in started:
        serving.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_is_guarded_and_one_signal_ends_all_of_it(serve, number):
    serving = serve()
    status, _, text = send(
        serving.port, [f"GET {IN_URL} HTTP/1.1", f"Host: 127.0.0.1:{serving.port}"]
    )
    assert status == 403 and "body of a POST" in text
    host = "Host: evil.example"
    assert send(serving.port, ["POST /graphql HTTP/1.1", host, JSON], BODY)[0] == 403
    assert serving.try_launch("cleanup_old_audit_logs")["__typename"] == "LaunchRunSuccess"

    started = psutil.Process(serving.process.pid).children(recursive=True)
    assert started  # the code server
    assert serving.stop(number) == 0
    assert not psutil.wait_procs(started, timeout=60)[1]
    assert "Traceback" not in serving.output.read_text()
    home = serving.output.parent / "home"
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_read_only_refuses_to_launch(serve):
    serving = serve("--read-only")
    answer = serving.try_launch("cleanup_old_audit_logs")
    assert answer["__typename"] == "UnauthorizedError"


def test_other_hosts_are_let_in_by_the_settings_only(serve):
    serving = serve(
        MAINT_UI_URL="https://dagster.example.com", MAINT_ALLOWED_HOSTS="proxy.internal:8080"
    )

    def status(host: str, *headers: str) -> int:
        return send(serving.port, ["POST /graphql HTTP/1.1", f"Host: {host}", JSON, *headers],
                    '{"query": "{ version }"}')[0]  # fmt: skip

    assert status("dagster.example.com") == 200
    assert status("dagster.example.com", "Origin: https://dagster.example.com") == 200
    assert status("dagster.example.com", "Origin: http://dagster.example.com") == 403
    assert status("proxy.internal:8080", "Origin: http://proxy.internal:8080") == 200
    assert status("proxy.internal") == 403
    assert status("other.example.com", "X-Forwarded-Host: dagster.example.com") == 403


def test_an_address_for_others_is_warned_of(serve):
    serving = serve("--host", "0.0.0.0")
    said = " ".join(serving.output.read_text().split())
    assert "no login" in said and "proxy" in said
    assert send(serving.port, ["GET / HTTP/1.1", f"Host: 0.0.0.0:{serving.port}"])[0] == 403


def test_a_code_server_of_ones_own(serve, tmp_path):
    workspace = tmp_path / "workspace.yaml"
    workspace.write_text(
        "load_from:\n  - python_module:\n      module_name: maint_pipeline.definitions\n"
        "      location_name: elsewhere\n"
    )
    serving = serve("--workspace", str(workspace))
    found = serving.graphql(
        "{ workspaceOrError { ... on Workspace { locationEntries { name } } } }"
    )
    assert found["workspaceOrError"]["locationEntries"] == [{"name": "elsewhere"}]


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["--host", "192.0.2.1"], {}, "can't be used"),
        (["--host", "no.such.host.invalid"], {}, "can't be used"),
        (["--workspace", "/no/such/file"], {}, "does not exist"),
        ([], {"MAINT_ALLOWED_HOSTS": "*"}, "MAINT_ALLOWED_HOSTS"),
        ([], {"MAINT_UI_URL": "dagster"}, "MAINT_UI_URL"),
    ],
)
def test_what_can_not_be_served_is_said(served_home, arguments, variables, said):
    serving = Serve(served_home, *arguments, **variables)
    assert serving.process.wait(timeout=120) == 2
    output = " ".join(serving.output.read_text().split())
    assert said in output and "Traceback" not in output


def test_a_port_in_use_is_said(serve, served_home):
    serving = serve()
    second = Serve(served_home, "--port", str(serving.port))
    assert second.process.wait(timeout=120) == 2
    assert "Choose another: --port N." in " ".join(second.output.read_text().split())
