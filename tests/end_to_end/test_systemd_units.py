"""The commands of deploy/systemd, run as the units have them, without systemd."""

import urllib.request

import pytest

from tests.dev import eventually
from tests.machine import production
from tests.shells import is_loaded

pytestmark = [pytest.mark.full, pytest.mark.any_version]


@pytest.fixture
def machine(tmp_path):
    with production(tmp_path) as made:
        yield made


def test_the_units_work_together(machine):
    for name in ("maint-code", "maint-daemon", "maint-web", "maint-view", "maint-metrics"):
        machine.start(name)
    operators, viewers = machine.ui("3000"), machine.ui("3001")
    for ui in (operators, viewers):
        eventually(lambda ui=ui: is_loaded(ui), seconds=240)
    assert operators.finished(operators.launch("verify_backup_health")) == "SUCCESS"
    assert viewers.try_launch("verify_backup_health")["__typename"] == "UnauthorizedError"
    metrics = f"http://127.0.0.1:{machine.ports['9187']}/metrics"
    assert b"maint_checks" in urllib.request.urlopen(metrics, timeout=30).read()
