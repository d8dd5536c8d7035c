"""MaintenanceComponent as `dg` users load it: a defs.yaml in a project."""

import traceback
from importlib.metadata import entry_points

import pytest
from dagster import AssetKey
from dagster.components.testing import create_defs_folder_sandbox

import maint_pipeline
from maint_pipeline import MaintenanceComponent

YAML = {
    "type": "maint_pipeline.MaintenanceComponent",
    "attributes": {
        "prefix": "shop",
        "database_url_variable": "SHOP_URL",
        "timezone": "Europe/Berlin",
        "schedules": {"cleanup_old_audit_logs": "15 4 * * *", "verify_restore": None},
    },
}


def test_a_defs_yaml_gives_what_the_function_gives(monkeypatch):
    monkeypatch.delenv("SHOP_URL", raising=False)  # a secret is read when a run starts
    with create_defs_folder_sandbox() as sandbox:
        path = sandbox.scaffold_component(MaintenanceComponent, defs_yaml_contents=YAML)
        with sandbox.load_component_and_build_defs(defs_path=path) as (component, defs):
            assert isinstance(component, MaintenanceComponent)
            repository = defs.get_repository_def()
    cleanup = repository.get_schedule_def("shop_cleanup_old_audit_logs_schedule")
    assert (cleanup.cron_schedule, cleanup.execution_timezone) == ("15 4 * * *", "Europe/Berlin")
    assert not repository.has_schedule_def("shop_verify_restore_schedule")
    assert repository.has_job("shop_verify_restore")
    assert AssetKey(["shop", "retention"]) in repository.asset_graph.get_all_asset_keys()


def test_variables_are_named_and_never_their_values():
    component = MaintenanceComponent(database_url_variable="SHOP_URL", archive_url="s3://bucket")
    fields = component._fields()
    assert fields["database_url"].env_var_name == "SHOP_URL"
    assert fields["archive_url"] == "s3://bucket" and "notify_urls" not in fields


@pytest.mark.parametrize(
    "wrong", [{"prefix": "shop"}, {"database_url_variable": "X", "database_url": "postgresql://x"}]
)
def test_what_is_missing_or_unknown_is_refused(wrong):
    with create_defs_folder_sandbox() as sandbox:
        path = sandbox.scaffold_component(
            MaintenanceComponent, defs_yaml_contents={**YAML, "attributes": wrong}
        )
        with pytest.raises(Exception) as refused:
            with sandbox.load_component_and_build_defs(defs_path=path):
                pass
    # Which exception it is differs between versions of Dagster.
    said = "".join(traceback.format_exception(refused.value))
    assert "database_url" in said and "ValidationError" in said


def test_dg_finds_it():
    """`dg list components` looks through dir() of the modules of this entry point."""
    names = {point.value for point in entry_points(group="dagster_dg_cli.registry_modules")}
    assert "maint_pipeline" in names
    assert "MaintenanceComponent" in dir(maint_pipeline)
