"""What sensors tell Dagster of its runs, and what they learn of runs that left no row with us."""

import uuid

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus

from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.ops import all_tasks
from maint_pipeline.sensors.lost_runs import close_lost
from maint_pipeline.sensors.task_health import raise_failed

pytestmark = pytest.mark.any_version

DAILY = "cleanup_old_audit_logs"
AT_WORK = """
insert into public.maintenance_task_runs (task_name, status, started_at, dagster_run_id)
values (%s, 'running', now(), %s)
"""


@pytest.fixture
def dagster():
    """A Dagster that knows of no run yet."""
    with DagsterInstance.ephemeral() as instance:
        yield instance


def add_run(dagster: DagsterInstance, status: DagsterRunStatus, job: str = DAILY) -> str:
    run = DagsterRun(job_name=job, run_id=str(uuid.uuid4()), status=status)
    return dagster.add_run(run).run_id


def test_a_run_whose_worker_is_lost_has_failed_in_dagster_too(superuser, owner, dagster):
    run_id = add_run(dagster, DagsterRunStatus.STARTED)
    superuser.execute(AT_WORK, [DAILY, run_id])
    assert close_lost(owner, dagster, DagsterHost()).startswith("Closed as failed (worker lost)")
    assert dagster.get_run_by_id(run_id).status is DagsterRunStatus.FAILURE
    assert close_lost(owner, dagster, DagsterHost()) == ""


class Resuming(DagsterHost):
    """As where Celery's workers do the runs."""

    def resumes(self, instance, run):
        return run.status is DagsterRunStatus.STARTED


def test_a_lost_run_that_dagster_resumes_goes_on_in_dagster(superuser, owner, dagster):
    run_id = add_run(dagster, DagsterRunStatus.STARTED)
    superuser.execute(AT_WORK, [DAILY, run_id])
    assert close_lost(owner, dagster, Resuming()).startswith("Closed as failed (worker lost)")
    assert dagster.get_run_by_id(run_id).status is DagsterRunStatus.STARTED


def test_it_raises_no_alert_until_it_has_failed(superuser, owner, dagster):
    tasks = [task for task in all_tasks().values() if task.name == DAILY]
    run_id = add_run(dagster, DagsterRunStatus.STARTED)
    superuser.execute(AT_WORK, [DAILY, run_id])
    close_lost(owner, dagster, Resuming())
    for _ in range(2):
        changes = raise_failed(owner, dagster, tasks, host=Resuming())
        assert not any(changes.values())
    dagster.report_run_failed(dagster.get_run_by_id(run_id))
    assert raise_failed(owner, dagster, tasks, host=Resuming())["created"] == 1
    # An open alert stays open while the next run goes on.
    run_id = add_run(dagster, DagsterRunStatus.STARTED)
    superuser.execute(AT_WORK, [DAILY, run_id])
    close_lost(owner, dagster, Resuming())
    assert raise_failed(owner, dagster, tasks, host=Resuming())["resolved"] == 0


@pytest.mark.parametrize("status", [DagsterRunStatus.SUCCESS, DagsterRunStatus.CANCELED])
def test_what_dagster_has_finished_stays_as_it_is(superuser, owner, dagster, status):
    run_id = add_run(dagster, status)
    superuser.execute(AT_WORK, [DAILY, run_id])
    assert close_lost(owner, dagster, DagsterHost()).startswith("Closed as failed (worker lost)")
    assert dagster.get_run_by_id(run_id).status is status
    assert not dagster.all_logs(run_id)


@pytest.mark.parametrize("prefix", ["", "shop_"])
def test_a_run_that_failed_before_it_had_a_row_raises_an_alert(superuser, owner, dagster, prefix):
    recorded = add_run(dagster, DagsterRunStatus.FAILURE, f"{prefix}verify_backup_health")
    superuser.execute(AT_WORK, ["verify_backup_health", recorded])
    superuser.execute("update public.maintenance_task_runs set status = 'completed'")
    add_run(dagster, DagsterRunStatus.FAILURE, f"{prefix}{DAILY}")
    add_run(dagster, DagsterRunStatus.FAILURE, "somebody_elses_job")
    tasks = list(all_tasks().values())
    assert raise_failed(owner, dagster, tasks, prefix)["created"] == 1
    found = superuser.execute("select fingerprint from public.security_alerts").fetchall()
    assert [row["fingerprint"] for row in found] == [f"task_failed:{DAILY}"]
