"""A fleet for tests: a registry of real databases, and runs over a range of them."""

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from dagster import DagsterInstance, ExecuteInProcessResult

from maint_pipeline.instance.partitions import DATABASES
from maint_pipeline.library import maintenance_definitions
from maint_pipeline.resources import Maintenance

TASK = "run_automated_security_checks"
LIGHT = "verify_backup_health"


def write_registry(file: Path, urls: Mapping[str, str], more: str = "") -> None:
    """Write a registry of databases by name."""
    entries = (f"[[database]]\nname = '{n}'\nurl = {json.dumps(url)}\n" for n, url in urls.items())
    file.write_text("".join(entries) + more)


def use_registry(monkeypatch: pytest.MonkeyPatch, file: Path) -> Path:
    """Let settings name a registry, and no database of their own; gives the file."""
    monkeypatch.setenv("MAINT_DATABASES_FILE", str(file))
    monkeypatch.setenv("MAINT_HOME", str(file.parent / "home"))
    monkeypatch.delenv("MAINT_DATABASE_URL", raising=False)
    return file


def run_range(
    instance: DagsterInstance, task: str, first: str, last: str, **tags: str
) -> ExecuteInProcessResult:
    """Run a task in the databases of a range, in this process."""
    job = maintenance_definitions(Maintenance(from_environment=True)).resolve_job_def(task)
    given = {
        "dagster/asset_partition_range_start": first,
        "dagster/asset_partition_range_end": last,
        **tags,
    }
    return job.execute_in_process(instance=instance, tags=given, raise_on_error=False)


def partitions(instance: DagsterInstance) -> list[str]:
    """Give the databases that Dagster knows, in its order."""
    return list(instance.get_dynamic_partitions(str(DATABASES.name)))


def ledger(url: str, task: str = TASK) -> list[tuple[str, str, str]]:
    """Give status, Dagster's run and the name of the database of each run, the oldest first."""
    with closing(psycopg.connect(url)) as connection:
        return connection.execute(
            "select status, dagster_run_id, details ->> 'database' "
            "from public.maintenance_task_runs where task_name = %s order by started_at",
            [task],
        ).fetchall()
