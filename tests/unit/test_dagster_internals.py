"""Dagster's private parts are still what maint_pipeline/instance/internals takes them for."""

import inspect
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import pytest
from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, RunsFilter, job, op
from dagster._core.storage.tags import REPOSITORY_LABEL_TAG
from dagster._daemon.run_coordinator import queued_run_coordinator_daemon
from dagster._grpc import server
from dagster_celery.launcher import CeleryRunLauncher
from dagster_celery.tags import DAGSTER_CELERY_TASK_ID_TAG

from maint_pipeline.instance import internals
from maint_pipeline.instance.history import Retention, prune
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.internals import celery_launcher, celery_runs, host, names
from maint_pipeline.instance.tags import TASK_TAG


@pytest.mark.parametrize("module", [module.name for module in iter_modules(internals.__path__)])
def test_all_that_is_imported_is_there(module):
    import_module(f"{internals.__name__}.{module}")


def test_names_that_are_written_down_mean_the_same():
    for each in (names.LOCAL_ARTIFACTS, names.NO_OUTPUT):
        assert inspect.isclass(getattr(import_module(each["module"]), each["class"]))
    assert list(names.REPOSITORY_TAG) == [REPOSITORY_LABEL_TAG]
    assert find_spec(f"{names.DAEMON_MODULE}.__main__")
    assert {kind.value for kind in DagsterEventType} >= set(host.KEPT_EVENTS)


def test_a_code_server_that_is_to_end_has_a_thread_by_this_name():
    source = inspect.getsource(server)
    assert f'name="{host._WAITS_FOR_THE_END}"' in source
    assert next(iter(inspect.signature(server.server_termination_target).parameters)) == (
        "termination_event"
    )


@op
def nothing() -> None: ...


@job
def theirs():
    nothing()


@job(run_tags={TASK_TAG: "verify_restore"})
def ours():
    nothing()


def past_everything() -> Retention:
    none = datetime.now(UTC) - datetime.now(UTC)
    return Retention(
        successes=none, failures=none, ticks=none, tags={TASK_TAG: ["verify_restore", "other"]}
    )


@pytest.mark.parametrize("known", [DagsterHost(), host.OwnHost()])
def test_only_runs_of_maintenance_go_and_the_newest_of_a_job_stays(known, tmp_path):
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        for each in (theirs, ours, theirs, ours, ours):
            each.execute_in_process(instance=instance)
        pruned = prune(instance, past_everything(), known)
        left = [run.job_name for run in instance.get_runs(RunsFilter())]
    assert pruned.run_count == 2 and sorted(left) == ["ours", "theirs", "theirs"]
    assert pruned.rows()[0]["status"] == DagsterRunStatus.SUCCESS.value
    assert (pruned.events is None) == (type(known) is DagsterHost)


def test_what_the_celery_launcher_overrides_is_still_dagsters_and_dagster_celerys():
    """It extends a class that dagster-celery doesn't export, and does runs as its tasks do."""
    for name, parameters in {
        "launch_run": ["self", "context"],
        "resume_run": ["self", "context"],
        "terminate": ["self", "run_id"],
        "check_run_worker_health": ["self", "run"],
        "get_run_worker_debug_info": ["self", "run", "include_container_logs"],
        "_launch_celery_task_run": ["self", "run", "task_signature", "routing_key"],
    }.items():
        assert list(inspect.signature(getattr(CeleryRunLauncher, name)).parameters) == parameters
    assert CeleryRunLauncher.supports_resume_run.fget(None)
    assert CeleryRunLauncher.supports_check_run_worker_health.fget(None)
    assert celery_runs.TASK_ID_TAG == DAGSTER_CELERY_TASK_ID_TAG
    for body in (celery_runs._execute_run_command_body, celery_runs._resume_run_command_body):
        names = ["run_id", "instance", "write_stream_fn", "set_exit_code_on_failure"]
        assert list(inspect.signature(body).parameters) == names


def test_a_launcher_whose_broker_is_away_has_its_run_queued_again():
    """Dagster's queue does that for this one error."""
    source = inspect.getsource(queued_run_coordinator_daemon)
    assert "DagsterUserCodeUnreachableError" in source
    assert "max_user_code_failure_retries" in source
    assert issubclass(celery_launcher.DagsterUserCodeUnreachableError, Exception)
