"""What deploy/celery says agrees with the product, and with the deployment on one machine."""

import os
import re
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from maint_pipeline.instance.home import instance_settings
from maint_pipeline.instance.internals import celery_launcher
from maint_pipeline.settings import SECRETS, Settings, variable
from tests.unit.test_deploy import BIN, DEPLOY, ROOT, UNITS

CELERY = DEPLOY / "celery"
OURS = yaml.safe_load((CELERY / "dagster.yaml").read_text())
GUIDE = (ROOT / "docs/celery.md").read_text()


def test_dagsters_settings_are_those_of_one_machine_but_for_what_celery_needs():
    secret = Path("/etc/maint/secrets/dagster-database-url")
    usual = instance_settings(Path("/var/lib/maint"), tag_users=True, storage_file=secret)
    ours = deepcopy(OURS)
    storage = ours["storage"]["custom"]["config"]
    assert storage.pop("should_autocreate_tables") is False
    assert storage["url_file"] == {"env": "MAINT_DAGSTER_DATABASE_URL_FILE"}
    storage["url_file"] = str(secret)
    launcher = ours.pop("run_launcher")
    assert launcher["module"] == celery_launcher.__name__
    assert launcher["class"] == celery_launcher.CeleryLauncher.__name__
    retries = ours.pop("run_retries")
    assert retries["enabled"] and not retries["retry_on_asset_or_op_failure"]
    queue, monitoring = ours.pop("run_coordinator")["config"], ours.pop("run_monitoring")
    assert usual.pop("run_coordinator")["config"].keys() < queue.keys()
    assert usual.pop("run_monitoring").keys() < monitoring.keys()
    assert usual == ours
    assert monitoring["max_resume_run_attempts"] > 0
    # A message that its first worker lost comes back before its run counts as lost.
    assert monitoring["start_timeout_seconds"] > celery_launcher._VISIBILITY_SECONDS
    assert monitoring["poll_interval_seconds"] < celery_launcher.GONE_SECONDS


def test_its_units_and_variables_are_known():
    known = {variable(name, field) for name, field in Settings.model_fields.items()} | SECRETS
    named = set(re.findall(r"^#?([A-Z_]+)=", (CELERY / "celery.env").read_text(), re.M))
    assert len(named) == 2 and named <= known
    unit = (CELERY / "maint-worker@.service").read_text()
    assert "KillMode=mixed" in unit and "--app maint_pipeline.worker" in unit


def test_no_more_runs_at_once_than_two_workers_of_the_unit_have_processes():
    unit = (CELERY / "maint-worker@.service").read_text()
    (processes,) = re.findall(r"--concurrency (\d+)", unit)
    most = OURS["run_coordinator"]["config"]["max_concurrent_runs"]
    assert most <= int(processes), "one worker alone is enough for what is launched"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_workers_unit(tmp_path):
    folder = tmp_path / "units"
    shutil.copytree(UNITS[0].parent, folder)
    shutil.copytree(CELERY, folder, dirs_exist_ok=True)
    shutil.copytree(folder / "maint-code.service.d", folder / "maint-worker@.service.d")
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_text(file.read_text().replace("/opt/maint/.venv/bin", str(BIN)))
    answer = subprocess.run(
        ["systemd-analyze", "verify", folder / "maint-worker@1.service"], check=False,
        capture_output=True, text=True, timeout=60,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"},
    )  # fmt: skip
    assert answer.returncode == 0 and answer.stderr == "", answer.stderr


def test_the_guide_copies_what_there_is_for_celery():
    named = {x.rstrip("/.") for x in re.findall(r"\bdeploy/[\w./*@-]+", GUIDE)}
    assert len(named) >= 5
    for name in named:
        assert list(ROOT.glob(name)), name
    assert "maint-worker@" in GUIDE and "redis-server@maint" in GUIDE


def test_the_lock_for_celery_has_what_the_usual_one_has_and_no_other_version():
    versions = {}
    for name in ("requirements.lock", "requirements-celery.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        versions[name] = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))
    usual, celery, dev = versions.values()
    assert usual.items() <= celery.items() <= dev.items()
    assert {"celery", "redis", "dagster-celery"} <= celery.keys() - usual.keys()
