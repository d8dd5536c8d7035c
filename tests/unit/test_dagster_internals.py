"""Dagster's private parts are still what maint_pipeline/instance/internals takes them for."""

import inspect
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import pytest
from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, RunsFilter, job, op
from dagster._core.storage.tags import REPOSITORY_LABEL_TAG
from dagster._grpc import server

from maint_pipeline.instance import internals
from maint_pipeline.instance.history import Retention, prune
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.internals import host, names
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
