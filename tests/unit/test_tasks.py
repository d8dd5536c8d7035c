"""Declared tasks and what Dagster makes of them."""

import pytest
from dagster import DagsterInvalidConfigError, validate_run_config

from maint_pipeline.definitions import defs
from maint_pipeline.ops import all_tasks

CRONS = {
    "advise_indexes": "35 10 * * 2",
    "run_automated_security_checks": "0 * * * *",
    "cleanup_old_audit_logs": "0 2 * * *",
    "cleanup_old_security_alerts": "0 3 * * 0",
    "verify_backup_health": "0 4 * * *",
    "run_health_checks": "20 * * * *",
    "cleanup_expired_rows": "30 2 * * *",
    "maintenance_health": "10 * * * *",
    "prune_dagster_history": "30 3 * * *",
    "record_storage": "25 5 * * *",
    "send_weekly_report": "0 7 * * 1",
    "verify_restore": "0 5 * * 6",
}


def config(task: str, **values):
    return {"ops": {task: {"config": values}}}


def test_the_tasks_have_their_recommended_crons():
    assert {name: task.cron for name, task in all_tasks().items() if task.cron} == CRONS


def test_every_task_is_a_job_with_description_and_running_schedule():
    repository = defs.get_repository_def()
    assert len(repository.get_all_jobs()) > len(CRONS)  # Dagster refuses names that collide here
    for name, cron in CRONS.items():
        job = repository.get_job(name)
        assert job.description and len(job.description) > 60
        assert [node.name for node in job.nodes] == [f"{name}_op"]
        schedule = repository.get_schedule_def(f"{name}_schedule")
        assert schedule.cron_schedule == cron
        assert schedule.default_status.value == "RUNNING"


def test_what_is_off_until_somebody_switches_it_on_is_missed_by_nobody():
    repository = defs.get_repository_def()
    off = {name: task for name, task in all_tasks().items() if task.off_cron}
    assert set(off) == {"freeze_old_tables", "refresh_statistics"}
    for name, task in off.items():
        schedule = repository.get_schedule_def(f"{name}_schedule")
        assert schedule.default_status.value == "STOPPED" and task.cron is None
        assert schedule.cron_schedule == task.off_cron


def test_every_job_says_where_more_is_said_and_what_kind_it_is():
    groups = {"retention", "checks", "backups", "alerts", "reports", "upkeep"}
    for name in all_tasks():
        job = defs.resolve_job_def(name)
        assert job.tags["maint/group"] in groups
        assert "Guide: docs/" in job.description


@pytest.mark.parametrize(
    "task", [name for name, task in all_tasks().items() if "dry_run" in task.config.model_fields]
)
def test_a_dry_run_is_a_job_of_its_own_with_the_form_filled_in(task):
    job = defs.resolve_job_def(f"{task}_dry_run")
    # What a launch without any config of its own is given.
    given = validate_run_config(job, {})
    assert given["ops"][f"{task}_op"]["config"]["dry_run"] is True
    assert [node.name for node in job.nodes] == [f"{task}_op"]


def test_the_sensor_runs_by_default():
    (sensor,) = defs.get_repository_def().sensor_defs
    assert sensor.name == "maintenance_sensor" and sensor.default_status.value == "RUNNING"


def test_config_is_optional_and_has_defaults():
    validate_run_config(defs.resolve_job_def("cleanup_old_audit_logs"), {})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"retention_days": 0}, "retention_days must be 1 to 36500, not 0"),
        ({"retention_days": 36501}, "retention_days must be 1 to 36500, not 36501"),
        ({"retention_days": "ninety"}, "retention_days.*is not valid for expected type"),
        ({"duty_percent": 0}, "duty_percent must be 1 to 100, not 0"),
        ({"retention": 90}, 'unexpected config entry "retention"'),
    ],
)
def test_nonsense_is_refused_before_a_run_is_made(values, message):
    job = defs.resolve_job_def("cleanup_old_audit_logs")
    with pytest.raises(DagsterInvalidConfigError, match=message):
        validate_run_config(job, config("cleanup_old_audit_logs", **values))
