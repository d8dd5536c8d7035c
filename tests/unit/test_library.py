"""maintenance_definitions in the Dagster deployment of somebody else."""

import os
import subprocess
import sys

import pytest
from dagster import (
    AssetKey,
    DagsterInvalidDefinitionError,
    Definitions,
    EnvVar,
    asset,
    define_asset_job,
    job,
    op,
    schedule,
)

from maint_pipeline.definitions import maintenance_definitions
from maint_pipeline.errors import ConfigurationError, UsageError
from maint_pipeline.resources import Maintenance
from tests.application import TASKS

CLEANUP = "cleanup_old_audit_logs"


def theirs() -> Definitions:
    """What a team has already, with names that are ours too."""

    @asset(key="backups")
    def backups() -> None: ...

    @op
    def rebuild() -> None: ...

    @job(name=CLEANUP)
    def cleanup() -> None:
        rebuild()

    @schedule(job=cleanup, cron_schedule="0 0 * * *")
    def nightly():
        return {}

    every = define_asset_job("every_backup", selection=[backups])
    return Definitions(assets=[backups], jobs=[cleanup, every], schedules=[nightly])


def merged(**options) -> Definitions:
    ours = maintenance_definitions(
        Maintenance(database_url=EnvVar("SHOP_URL"), timezone="Europe/Berlin"),
        prefix="shop", **options,
    )  # fmt: skip
    return Definitions.merge(theirs(), ours)


def test_names_and_keys_have_the_prefix_and_run_config_its_shape():
    repository = merged().get_repository_def()
    repository.get_all_jobs()
    for task in TASKS:
        run = repository.get_job(f"shop_{task}")
        assert [node.name for node in run.nodes] == [f"{task}_op"]
    assert repository.has_job(f"shop_{CLEANUP}_dry_run")
    assert repository.has_job("shop_update_security_alert")
    keys = repository.asset_graph.get_all_asset_keys()
    assert AssetKey("backups") in keys and AssetKey(["shop", "backups"]) in keys
    checks = {key.to_user_string() for key in repository.asset_graph.asset_check_keys}
    assert "shop/retention:retention_kept" in checks
    assert repository.asset_graph.get(AssetKey(["shop", "retention"])).parent_keys == {
        AssetKey(["shop", name]) for name in ("audit_log", "expired_rows", "resolved_alerts")
    }
    assert all(s.name.startswith("shop_") for s in repository.sensor_defs)


def test_schedules_are_theirs_to_choose():
    repository = merged(schedules={CLEANUP: "15 5 * * *", "verify_restore": None})
    repository = repository.get_repository_def()
    cleanup = repository.get_schedule_def(f"shop_{CLEANUP}_schedule")
    assert (cleanup.cron_schedule, cleanup.execution_timezone) == ("15 5 * * *", "Europe/Berlin")
    assert not repository.has_schedule_def("shop_verify_restore_schedule")
    with pytest.raises(UsageError, match=r"There is no task vacuum\. Tasks: "):
        merged(schedules={"vacuum": "0 0 * * *"})


def test_names_of_theirs_need_a_prefix():
    ours = maintenance_definitions(Maintenance(database_url="postgresql:///app"))
    with pytest.raises(DagsterInvalidDefinitionError, match=r"backups"):
        Definitions.merge(theirs(), ours).get_repository_def()


def test_nothing_of_the_environment_is_read_unless_asked():
    """Settings that can't be used would be refused; they are not looked at."""
    code = (
        "from maint_pipeline import maintenance_definitions, Maintenance\n"
        "given = Maintenance(database_url='postgresql:///app')\n"
        "maintenance_definitions(given).get_repository_def()\n"
        "assert given.settings().timezone == 'UTC'\n"
        "assert given.settings().notify_urls is None\n"
    )
    variables = {**os.environ, "MAINT_TIMEZONE": "nowhere", "MAINT_NOTIFY_URLS": "json://x"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_resource_without_a_database_says_what_is_missing():

    with pytest.raises(ConfigurationError, match="database_url"):
        with Maintenance().url():
            pass
