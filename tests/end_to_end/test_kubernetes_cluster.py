"""docs/kubernetes.md line by line, with the image built, on no real cluster (tests/cluster.py)."""

import json
import signal
import urllib.request
from contextlib import closing

import psycopg
import pytest
from psycopg.rows import dict_row

from maint_pipeline.database.worker import worker_url
from tests.cluster import Cluster
from tests.dev import LAUNCH, eventually
from tests.followed import Follower, FrontedUi, databases_by_tcp, lines, make_certificate
from tests.shells import is_loaded

pytestmark = [pytest.mark.full, pytest.mark.any_version]

LONG = {"retention_days": 1, "duty_percent": 1}


@pytest.fixture(scope="module")
def place(image, tmp_path_factory):
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def address(place):
    """The beginning of the databases' URLs."""
    with databases_by_tcp(place / "home") as beginning:
        yield beginning


@pytest.fixture(scope="module")
def cluster(place, image):
    (place / "pods").mkdir()
    made = Cluster(place / "pods", image)
    yield made
    made.close()


@pytest.fixture(scope="module")
def administrator(cluster, place, address):
    """Whoever has followed the guide until everything runs."""
    files = {"database-url": worker_url(f"{address}/app"), "admin-database-url": f"{address}/app",
             "dagster-database-url": f"{address}/maint_dagster"}  # fmt: skip
    who = Follower("kubernetes.md", place, files, {"kubectl": cluster.kubectl, "podman": None})
    make_certificate(place)
    for heading in ("1.", "2.", "3.", "4."):
        who.follow(heading)
    who.doctor = who.follow("5.")
    return who


@pytest.fixture(scope="module")
def ui(cluster, administrator, place):
    port, certificate = cluster.ports["443"], place / "fullchain.pem"
    made = FrontedUi(port, certificate, "dagster.localhost", "ada")
    eventually(lambda: is_loaded(made))
    return made


@pytest.fixture
def ledger(address):
    """Asks for the ledger's row of a run."""
    url = f"{address}/app"
    with closing(psycopg.connect(url, autocommit=True, row_factory=dict_row)) as connection:
        yield lambda run: connection.execute(
            "select * from public.maintenance_task_runs where dagster_run_id = %s", [run]
        ).fetchone()


@pytest.fixture
def long_run(ui, ledger):
    """A run that is deleting rows, slowly."""
    run = ui.launch("cleanup_old_audit_logs", **LONG)
    eventually(lambda: (ledger(run) or {}).get("details", {}).get("progress"))
    return run


def test_everything_runs_by_the_guide(cluster, administrator):
    assert "dagster" in administrator.doctor.lower() and "Traceback" not in administrator.doctor
    assert cluster.complaints == [] and cluster.api.refused == []
    assert {"maint-code-0", "maint-daemon-0", "maint-daemon-1", "maint-web-0"} <= set(cluster.pods)
    leading = [pod for pod in cluster.of("maint-daemon") if "Leads" in pod.logs()]
    assert len(leading) == 1


def test_a_run_is_a_job(cluster, ui, ledger):
    run = ui.launch("verify_backup_health")
    assert ui.finished(run) == "SUCCESS"
    pod = cluster.pods[f"dagster-run-{run}"]
    assert eventually(lambda: pod.exit_codes() == [0])
    assert pod.spec["serviceAccountName"] == "maint-run" and "token" not in pod.volumes
    row = ledger(run)
    assert row["status"] == "completed" and "ada" in str(row)
    assert cluster.complaints == [] and cluster.api.refused == []


def test_cancel_ends_the_pod(cluster, ui, ledger, long_run):
    ui.terminate(long_run)
    assert ui.status(long_run) == "CANCELED"
    assert ledger(long_run)["status"] == "canceled"
    pod = cluster.pods[f"dagster-run-{long_run}"]
    eventually(lambda: None not in pod.exit_codes(), seconds=30)
    assert pod.is_deleted and cluster.api.refused == []


def test_a_pod_that_dies_is_recorded(cluster, ui, ledger, long_run):
    cluster.pods[f"dagster-run-{long_run}"].containers[0].signal(signal.SIGKILL)
    assert ui.finished(long_run) == "FAILURE"
    eventually(lambda: ledger(long_run)["status"] == "failed")


@pytest.mark.parametrize(
    "chosen",
    [
        {"container_config": {"image": "registry.evil.example/x"}},
        {"pod_spec_config": {"service_account_name": "maint-launcher"}},
        {"container_config": {"env": [{"name": "PYTHONSTARTUP", "value": "/tmp/x"}]}},
    ],
    ids=["image", "account", "variable"],
)
def test_a_tag_chooses_nothing_about_the_pod(cluster, ui, chosen):
    parameters = {
        "selector": {"repositoryLocationName": "maint_pipeline",
                     "repositoryName": "__repository__", "jobName": "verify_backup_health"},
        "executionMetadata": {
            "tags": [{"key": "dagster-k8s/config", "value": json.dumps(chosen)}]
        },
    }  # fmt: skip
    run = ui.graphql(LAUNCH, parameters=parameters)["launchRun"]["run"]["runId"]
    assert ui.finished(run) == "FAILURE"
    assert f"dagster-run-{run}" not in cluster.pods


def test_viewers_see_and_change_nothing(cluster, administrator, place):
    port, certificate = cluster.ports["443"], place / "fullchain.pem"
    viewer = FrontedUi(port, certificate, "dagster-view.localhost", "vera")
    assert viewer.graphql("{ instance { hasInfo runLauncher { name } } }")["instance"]
    assert viewer.try_launch("verify_backup_health")["__typename"] == "UnauthorizedError"


def test_metrics_are_served(cluster, administrator):
    address = f"http://127.0.0.1:{cluster.ports['9187']}/metrics"
    assert b"maint_checks" in urllib.request.urlopen(address, timeout=30).read()


def test_an_upgrade_lets_runs_finish(cluster, administrator, ui, ledger):
    """Here to the same version: what is new is that everything stops and starts again."""
    run = ui.launch("cleanup_old_audit_logs", retention_days=1, duty_percent=5)
    eventually(lambda: (ledger(run) or {}).get("details", {}).get("progress"))
    secret = "kubectl -n maint create secret generic maint-admin --from-file=admin-database-url"
    administrator.type(secret)
    before = dict(cluster.pods)
    for line in lines("kubernetes.md", "Backup and upgrade")[1:]:  # the first is for a restore
        administrator.type(line)
    administrator.type(lines("kubernetes.md", "5.")[-2])  # until all of it is there again
    eventually(lambda: is_loaded(ui))
    assert ledger(run)["status"] == "completed" and ui.status(run) == "SUCCESS"
    for name in ("maint-code-0", "maint-daemon-1", "maint-web-0", "maint-migrate"):
        assert cluster.pods[name] is not before[name] and before[name].is_deleted
    assert ui.finished(ui.launch("verify_backup_health")) == "SUCCESS"
    assert cluster.complaints == [] and cluster.api.refused == []
