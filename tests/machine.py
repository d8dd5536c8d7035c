"""A machine with the units of deploy/systemd, whose commands run as the units have them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maint_pipeline.database.embedded import embedded_server, ensure_database
from tests.dev import DagsterUi, environment, free_port, maint
from tests.unit.test_deploy import BIN, DEPLOY, command_of


class Machine:
    """A machine with the units: its folders are elsewhere, its ports are others."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder, self.variables = folder, variables
        self.definitions = "maint_pipeline.definitions"
        self.ports = {"3000": free_port(), "3001": free_port(), "9187": free_port()}
        (folder / "etc").mkdir()
        (folder / "etc/workspace.yaml").write_text(
            self._here((DEPLOY / "systemd/workspace.yaml").read_text())
        )
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def _here(self, text: str) -> str:
        for there, here in (("/opt/maint/.venv/bin", BIN), ("/etc/maint", self.folder / "etc"),
                            ("/run/maint", self.folder), *self.ports.items(),
                            ("maint_pipeline.definitions", self.definitions)):  # fmt: skip
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

    def command(self, program: str) -> list[str]:
        """A program of the installation."""
        return [str(BIN / program)]

    def ui(self, port: str) -> DagsterUi:
        return DagsterUi(f"http://127.0.0.1:{self.ports[port]}")


@contextmanager
def production(folder: Path) -> Iterator[Machine]:
    """Have a machine whose databases are there, with the sample in one; no unit runs yet."""
    home = folder / "home"
    assert maint(home, "env").returncode == 0  # the sample, and a server that stays up
    with embedded_server(home) as server:
        ensure_database(server, "production")
        made = Machine(folder, {
            **environment(home), "MAINT_DATABASE_URL": server.url("app"),
            "MAINT_DAGSTER_DATABASE_URL": server.url("production"),
        })  # fmt: skip
        try:
            yield made
        finally:
            for name in list(made.running):
                made.stop(name)
            maint(home, "env", "--stop")
