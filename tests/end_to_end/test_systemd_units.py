"""The commands of deploy/systemd, run as the units have them, without systemd."""

import subprocess
import urllib.request
from pathlib import Path

import pytest

from maint_pipeline.database.embedded import embedded_server, ensure_database
from tests.dev import DagsterUi, environment, eventually, free_port, maint
from tests.shells import is_loaded
from tests.unit.test_deploy import BIN, DEPLOY, command_of

pytestmark = [pytest.mark.full, pytest.mark.any_version]


class Machine:
    """A machine with the units: its folders are elsewhere, its ports are others."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder, self.variables = folder, variables
        self.ports = {"3000": free_port(), "3001": free_port(), "9187": free_port()}
        (folder / "etc").mkdir()
        (folder / "etc/workspace.yaml").write_text(
            self._here((DEPLOY / "systemd/workspace.yaml").read_text())
        )
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def _here(self, text: str) -> str:
        for there, here in (("/opt/maint/.venv/bin", BIN), ("/etc/maint", self.folder / "etc"),
                            ("/run/maint", self.folder), *self.ports.items()):  # fmt: skip
            text = text.replace(there, str(here))
        return text

    def start(self, name: str) -> None:
        """Start a unit, and wait until it counts as started."""
        unit = DEPLOY / f"systemd/{name}.service"
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [self._here(part) for part in command_of(unit)], env=self.variables,
                cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            if after := [self._here(part) for part in command_of(unit, "ExecStartPost")]:
                subprocess.run(after, env=self.variables, stderr=log, check=True, timeout=180)

    def stop(self, name: str) -> int:
        """As KillMode=mixed does: SIGTERM to the main process, and wait for it."""
        process = self.running.pop(name)
        process.terminate()
        return process.wait(timeout=180)

    def ui(self, port: str) -> DagsterUi:
        return DagsterUi(f"http://127.0.0.1:{self.ports[port]}")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    home = tmp_path / "home"
    assert maint(home, "env").returncode == 0  # the sample, and a server that stays up
    with embedded_server(home) as server:
        ensure_database(server, "production")
        made = Machine(tmp_path, {
            **environment(home), "MAINT_DATABASE_URL": server.url("app"),
            "MAINT_DAGSTER_DATABASE_URL": server.url("production"),
        })  # fmt: skip
        try:
            yield made
        finally:
            for name in list(made.running):
                made.stop(name)
            maint(home, "env", "--stop")


def test_the_units_work_together_and_an_upgrade_lets_runs_finish(machine):
    for name in ("maint-code", "maint-daemon", "maint-web", "maint-view", "maint-metrics"):
        machine.start(name)
    operators, viewers = machine.ui("3000"), machine.ui("3001")
    for ui in (operators, viewers):
        eventually(lambda ui=ui: is_loaded(ui), seconds=240)
    assert operators.finished(operators.launch("verify_backup_health")) == "SUCCESS"
    assert viewers.try_launch("verify_backup_health")["__typename"] == "UnauthorizedError"
    metrics = f"http://127.0.0.1:{machine.ports['9187']}/metrics"
    assert b"maint_checks" in urllib.request.urlopen(metrics, timeout=30).read()

    # Upgrade: all but the code server stop at once, that one once its run is done.
    running = operators.launch("cleanup_old_audit_logs", retention_days=1, duty_percent=1)
    eventually(lambda: operators.status(running) == "STARTED", seconds=60)
    for name in ("maint-metrics", "maint-view", "maint-web", "maint-daemon"):
        assert machine.stop(name) == 0, name
    machine.stop("maint-code")
    for name in ("maint-code", "maint-daemon", "maint-web"):
        machine.start(name)
    eventually(lambda: is_loaded(operators), seconds=240)
    assert operators.finished(running) == "SUCCESS"
    assert operators.finished(operators.launch("verify_backup_health")) == "SUCCESS"
