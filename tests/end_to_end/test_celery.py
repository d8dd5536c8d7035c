"""Runs through Celery, with real workers: done, canceled, and outliving what does them."""

import os
import signal
from contextlib import closing

import psutil
import psycopg
import pytest
from dagster import DagsterInstance, DagsterRunStatus

from tests.celery_parts import Deployment, deployment
from tests.celery_redis import create_run
from tests.dev import DagsterUi, eventually, free_port, gone
from tests.shells import BIN, is_loaded

pytestmark = pytest.mark.any_version
WORKERS = ("first", "second")
JOB = "cleanup_old_audit_logs"
SLOW = {"duty_percent": 1}


@pytest.fixture
def celery(tmp_path_factory, server_url, template):
    with deployment(tmp_path_factory.mktemp("celery"), server_url) as made:
        yield made


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory, server_url, template):
    """With the daemon."""
    with deployment(tmp_path_factory.mktemp("celery"), server_url) as made:
        for name in WORKERS:
            made.start_worker(name, 1)
        made.start_daemon()
        yield made


@pytest.fixture
def slow(two_workers) -> Deployment:
    """With both workers, whatever the test before did to them."""
    for name in WORKERS:
        if name not in two_workers.processes:
            two_workers.start_worker(name, 1)
    return two_workers


def started(slow: Deployment) -> tuple[str, str, psutil.Process]:
    """Start a slow run; give its id, its worker, and its process."""
    slow.fill(20_000)
    run_id = slow.create(JOB, SLOW)
    slow.working(run_id)
    with DagsterInstance.get() as instance:
        pids = [
            int(event.message.split("(pid: ")[1].rstrip(")."))
            for event in instance.all_logs(run_id)
            if event.message and "Started process for run (pid: " in event.message
        ]
    process = psutil.Process(pids[-1])
    (worker,) = [n for n in WORKERS if process in slow.children(n)]
    return run_id, worker, process


def is_right_after_a_kill(slow: Deployment, run_id: str) -> None:
    """The run goes on elsewhere; the ledger has what was lost, and what was done, once."""
    assert slow.finished(run_id) is DagsterRunStatus.SUCCESS
    assert slow.statuses(run_id) == ["failed", "completed"]
    assert "worker lost" in slow.ledger(run_id)[0]["error_message"].lower()
    eventually(lambda: slow.sessions(JOB) == [])
    # Nobody was told: the run went on.
    told = "select title from public.security_alerts where fingerprint like 'task_failed:%%'"
    assert slow.sql(told) == []


def test_a_run_by_a_worker_and_one_that_is_canceled(celery):
    """No daemon here: the launcher is called as the daemon and the web server do."""
    assert [call for call in celery.guide.calls() if "redis" in call] == [
        "apt-get install redis-server",
        "systemctl disable --now redis-server",
        "usermod -aG redis maint",
        "systemctl enable --now redis-server@maint",
    ]
    celery.start_worker("first", 1)
    with DagsterInstance.get() as instance:
        run = create_run(instance, JOB)
        instance.launch_run(run.run_id, None)
        assert celery.finished(run.run_id) is DagsterRunStatus.SUCCESS
        assert celery.statuses(run.run_id) == ["completed"]

        celery.fill(20_000)
        slow = create_run(instance, JOB, SLOW)
        instance.launch_run(slow.run_id, None)
        celery.working(slow.run_id)
        waiting = create_run(instance, JOB)
        instance.launch_run(waiting.run_id, None)
        # What waits for a worker is canceled at once, and no worker does it later.
        assert instance.run_launcher.terminate(waiting.run_id)
        assert celery.status(waiting.run_id) is DagsterRunStatus.CANCELED
        assert instance.run_launcher.terminate(slow.run_id)
        assert celery.finished(slow.run_id) is DagsterRunStatus.CANCELED
        assert not instance.run_launcher.terminate(slow.run_id)
    assert celery.statuses(slow.run_id) == ["canceled"] and celery.sessions(JOB) == []
    eventually(lambda: f"the run {waiting.run_id} does not wait" in celery.log("first"))
    assert celery.statuses(waiting.run_id) == []


@pytest.mark.full
def test_killed_children_and_workers_are_replaced_and_sigterm_lets_a_run_finish(slow):
    run_id, worker, child = started(slow)
    child.kill()
    is_right_after_a_kill(slow, run_id)
    assert slow.alive(worker)

    run_id, worker, _ = started(slow)
    slow.kill(worker)
    is_right_after_a_kill(slow, run_id)
    slow.start_worker(worker, 1)

    # Only the worker's main process: its children end with it.
    run_id, worker, child = started(slow)
    slow.processes[worker].kill()
    slow.processes.pop(worker).wait()
    eventually(lambda: gone([child]))
    is_right_after_a_kill(slow, run_id)
    slow.start_worker(worker, 1)

    run_id, worker, _ = started(slow)
    assert slow.stop(worker) == 0
    assert slow.status(run_id) is DagsterRunStatus.SUCCESS
    assert slow.statuses(run_id) == ["completed"]


@pytest.mark.full
def test_restarts_of_broker_and_storage_end_no_run(slow):
    """The broker is away while a run works and another waits for it."""
    run_id, _, child = started(slow)
    slow.redis.stop()
    waiting = slow.create("verify_backup_health")
    eventually(lambda: "broker is out of reach" in slow.events(waiting))
    slow.redis.start()
    assert slow.finished(run_id) is DagsterRunStatus.SUCCESS
    assert slow.statuses(run_id) == ["completed"]
    assert slow.finished(waiting) is DagsterRunStatus.SUCCESS

    # The run's session in Dagster's storage is ended: it takes another one and is not resumed.
    run_id, _, child = started(slow)
    with closing(psycopg.connect(slow.storage, autocommit=True)) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where application_name = 'maint run' and datname = current_database()"
        )
    assert slow.finished(run_id) is DagsterRunStatus.SUCCESS
    assert slow.statuses(run_id) == ["completed"] and child.is_running()
    assert "resume" not in slow.events(run_id)


@pytest.mark.full
def test_a_run_that_got_lost_before_it_began_is_launched_again(slow):
    """Its message disappears: nobody starts it, so it fails, and a retry succeeds.

    On a busy machine the first retry may begin too late as well.
    """
    for name in WORKERS:
        os.killpg(slow.processes[name].pid, signal.SIGSTOP)
    run_id = slow.create("verify_backup_health")
    eventually(lambda: slow.redis.command("llen", "dagster") == 1)
    slow.redis.command("del", "dagster")
    for name in WORKERS:
        os.killpg(slow.processes[name].pid, signal.SIGCONT)
    lost = [run_id]
    while slow.finished(lost[-1]) is DagsterRunStatus.FAILURE:
        assert len(lost) < 3 and slow.statuses(lost[-1]) == []
        lost.append(eventually(lambda: slow.retry_of(lost[-1])))
    assert len(lost) > 1 and slow.statuses(lost[-1]) == ["completed"]


@pytest.mark.full
def test_cancel_in_the_ui_ends_statement_and_ledger_without_the_broker(slow):
    port = free_port()
    slow.start("web", BIN / "maint", "serve", "--port", str(port))
    ui = DagsterUi(f"http://127.0.0.1:{port}")
    eventually(lambda: is_loaded(ui), seconds=240)
    slow.fill(20_000)
    run_id = ui.launch(JOB, **SLOW)
    slow.working(run_id)
    slow.redis.stop()
    ui.terminate(run_id)
    slow.redis.start()
    assert ui.status(run_id) == "CANCELED"
    assert slow.statuses(run_id) == ["canceled"]
    assert slow.sessions(JOB) == []
