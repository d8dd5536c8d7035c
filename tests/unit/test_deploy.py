"""What deploy/ says agrees with the product: metrics, thresholds, tasks, settings, commands."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import maint_pipeline.cli.commands  # noqa: F401 - registers them
from maint_pipeline.cli.app import app
from maint_pipeline.ops import all_tasks
from maint_pipeline.settings import SECRETS, Settings, variable

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
RULES = yaml.safe_load((DEPLOY / "prometheus" / "rules.yml").read_text())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
# What these units exist beside: their programs are looked for where they are here.
BIN = Path(sys.executable).parent


def rules() -> list[dict]:
    return [rule for group in RULES["groups"] for rule in group["rules"]]


def names_of_metrics() -> set[str]:
    """The documented ones, which another test compares with what is exposed."""
    return set(re.findall(r"`(maint_\w+)`", (ROOT / "docs/metrics.md").read_text()))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_rule_asks_for_what_there_is(rule):
    assert set(re.findall(r"\bmaint_\w+", rule["expr"])) <= names_of_metrics()
    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"[1-9]\d*[mh]", rule["for"])
    assert rule["labels"]["severity"] in ("warning", "critical")
    assert all(rule["annotations"][name] for name in ("summary", "action"))
    for opened, closed in ("()", "{}", '""'):
        assert rule["expr"].count(opened) == rule["expr"].count(closed)
    for tasks in re.findall(r'task=~?"([^"]+)"', rule["expr"]):
        assert set(tasks.split("|")) <= set(all_tasks())


def test_rules_have_names_of_their_own_and_the_figures_of_the_checks():
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names)) >= 8
    check = (ROOT / "maint_pipeline/checks/backups/restore_unproven.sql").read_text()
    days = re.search(r"within interval = (\d+) days", check)[1]
    (rule,) = (rule for rule in rules() if rule["alert"] == "MaintRestoreUnproven")
    assert f"> {days} * 86400" in rule["expr"]


def test_the_dashboard_shows_what_the_rules_watch():
    text = json.dumps(json.loads((DEPLOY / "grafana/maintenance.json").read_text()))
    watched = {name for rule in rules() for name in re.findall(r"\bmaint_\w+", rule["expr"])}
    for name in watched & {"maint_open_alerts", "maint_last_proven_restore_timestamp_seconds"}:
        assert name in text


def test_the_dashboard_can_be_of_one_database_of_a_registry():
    """Without a registry nothing has that label, and `.*` is all the same."""
    dashboard = json.loads((DEPLOY / "grafana/maintenance.json").read_text())
    (chosen,) = (one for one in dashboard["templating"]["list"] if one["name"] == "database")
    assert chosen["allValue"] == ".*" and chosen["query"] == "label_values(maint_up, database)"
    targets = [target for panel in dashboard["panels"] for target in panel.get("targets", [])]
    for asked in (target["expr"] for target in targets if "expr" in target):
        assert asked.count('database=~"$database"') == len(re.findall(r"\bmaint_\w+", asked))


def test_units_name_settings_and_commands_that_there_are():
    known = SECRETS | {variable(name, field) for name, field in Settings.model_fields.items()}
    files = [*(DEPLOY / "systemd").glob("*.env"), *(DEPLOY / "systemd").rglob("*.conf")]
    named = {x for file in files for x in re.findall(r"(MAINT_[A-Z_]+)=", file.read_text())}
    assert len(named) >= 8 and named <= known
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    called = {x for unit in UNITS for x in re.findall(r"bin/maint ([a-z]+)", unit.read_text())}
    assert {"serve", "daemon", "metrics", "env"} <= called <= commands


def test_no_file_for_production_has_a_secret_in_it():
    """Only names of files: whoever fills these in is not led to put a password here."""
    for file in (DEPLOY / "systemd").rglob("*"):
        if file.is_file():
            for name in re.findall(r"^(?:Environment=)?(MAINT_\w+)=", file.read_text(), re.M):
                assert name not in SECRETS or name.endswith("_FILE"), (file, name)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("credentials", [False, True], ids=["files", "credentials"])
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_a_unit(unit, credentials, tmp_path):
    folder = tmp_path / "units"
    shutil.copytree(unit.parent, folder)
    if credentials:
        (folder / "credentials.conf").rename(folder / "maint-.service.d/credentials.conf")
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_text(file.read_text().replace("/opt/maint/.venv/bin", str(BIN)))
    answer = subprocess.run(
        ["systemd-analyze", "verify", folder / unit.name], check=False, capture_output=True,
        text=True, env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"}, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 0 and answer.stderr == "", answer.stderr


def command_of(unit: Path, setting: str = "ExecStart") -> list[str]:
    """The command of a unit; empty where it has none of this kind."""
    lines = re.findall(rf"^{setting}=(.*)$", unit.read_text(), flags=re.M)
    return shlex.split(lines[0].replace("$$", "$")) if lines else []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_listens_on_loopback_only(unit):
    assert not {"--host", "--address", "-h"} & set(command_of(unit))


def test_the_guide_copies_what_there_is():
    guide = (ROOT / "docs/production.md").read_text()
    named = {x.rstrip("/.") for x in re.findall(r"\bdeploy/[\w./*-]+", guide)}
    assert len(named) >= 6
    for name in named:
        assert list(ROOT.glob(name)), name
    units = set(re.findall(r"\bmaint-[a-z]+", re.findall(r"enable --now (.*)", guide)[0]))
    assert units == {unit.stem for unit in UNITS}
