"""The commands of deploy/systemd, run as the units have them, without systemd."""

import urllib.request

import pytest

from maint_pipeline.database.embedded import embedded_server, ensure_database
from tests.dev import environment, eventually, maint
from tests.machine import Machine
from tests.shells import is_loaded

pytestmark = [pytest.mark.full, pytest.mark.any_version]


@pytest.fixture
def machine(tmp_path):
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
