"""Two `maint dev` started at once on the same databases, each with a home of its own."""

import pytest

from tests.dev import Dev, eventually, gone

pytestmark = pytest.mark.full


@pytest.fixture
def two(tmp_path_factory, new_database):
    databases = {
        "MAINT_DATABASE_URL": new_database(),
        "MAINT_DAGSTER_DATABASE_URL": new_database(),
    }
    started = [Dev(tmp_path_factory.mktemp(name) / "home", **databases) for name in ("a", "b")]
    yield started
    for dev in started:
        if dev.process.poll() is None:
            dev.stop()


def leads(dev: Dev) -> bool:
    log = dev.home / "logs" / "daemon.log"
    return log.exists() and "Leads: " in log.read_text()


def test_one_daemon_works_and_the_other_takes_over(two):
    for dev in two:
        dev.wait_until_up()
    eventually(lambda: any(map(leads, two)))
    assert [leads(dev) for dev in two].count(True) == 1
    leader, standby = sorted(two, key=leads, reverse=True)

    # Whichever page it is launched on, it runs once.
    for dev in two:
        run_id = dev.launch("maintenance_health")
        eventually(lambda dev=dev, run_id=run_id: dev.status(run_id) == "SUCCESS", 240)
        assert leader.ledger(run_id)["status"] == "completed"
    rows = leader.sql("select id from maintenance_task_runs where dagster_run_id is not null "
                      "and task_name = 'maintenance_health' and trigger = 'manual'")  # fmt: skip
    assert len(rows) == 2

    processes = leader.servers()
    assert leader.stop() == 0
    eventually(lambda: gone(processes))
    eventually(lambda: leads(standby), 120)
    run_id = standby.launch("maintenance_health")
    eventually(lambda: standby.status(run_id) == "SUCCESS", 240)
    assert standby.stop() == 0
