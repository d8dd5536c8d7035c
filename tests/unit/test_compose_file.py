"""deploy/compose/compose.yaml agrees with itself, with the product and with its guide."""

import re

import pytest
import yaml

from maint_pipeline.settings import SECRETS, Settings, variable
from tests.image import ROOT

FOLDER = ROOT / "deploy" / "compose"
FILE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES = FILE["services"]
OURS = {name for name, one in SERVICES.items() if one["image"].startswith("${MAINT_IMAGE")}
GUIDE = (ROOT / "docs" / "compose.md").read_text()
# Of the Compose specification, what is used here.
KEYS = {
    "image", "user", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "environment",
    "secrets", "volumes", "command", "depends_on", "stop_grace_period", "healthcheck", "ports",
    "sysctls", "network_mode", "profiles",
}  # fmt: skip


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_names_what_there_is(name):
    one = SERVICES[name]
    assert set(one) <= KEYS
    assert set(one.get("secrets", [])) <= set(FILE["secrets"])
    for volume in one.get("volumes", []):
        source = volume.partition(":")[0]
        copied = (FOLDER, ROOT / "deploy", ROOT / "deploy" / "image")
        assert source in FILE["volumes"] or any((f / source).exists() for f in copied), source
    for needed, how in one.get("depends_on", {}).items():
        wanted = how["condition"]
        assert wanted == "service_started" or "healthcheck" in SERVICES[needed]
    mode = one.get("network_mode", "service:web")
    assert mode == "service:web" and not ("network_mode" in one and "ports" in one)


@pytest.mark.parametrize("name", sorted({*SERVICES} - {"storage"}))
def test_a_service_can_do_little(name):
    one = SERVICES[name]
    assert one["read_only"] is True and one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["user"] == ("101:101" if name == "front" else "10001:10001")


def test_settings_are_ours_and_no_secret_is_in_them():
    known = SECRETS | {variable(name, field) for name, field in Settings.model_fields.items()}
    for name in OURS:
        for setting, value in SERVICES[name]["environment"].items():
            assert setting in known
            secret = value.removeprefix("/run/secrets/")
            assert setting not in SECRETS or secret in SERVICES[name]["secrets"], setting


def test_the_administrators_url_is_for_migrating_only():
    having = [name for name in OURS if "admin-database-url" in SERVICES[name]["secrets"]]
    assert having == ["migrate"] and SERVICES["migrate"]["profiles"] == ["admin"]


def test_only_the_front_and_the_metrics_are_reached_from_outside():
    published = {name: one["ports"] for name, one in SERVICES.items() if "ports" in one}
    assert published == {"web": ["443:443", "80:80"], "metrics": ["127.0.0.1:9187:9187"]}
    for name in ("web", "view"):  # which listen on loopback
        assert not {"--host", "0.0.0.0"} & set(SERVICES[name]["command"])


def test_the_guide_makes_every_secret_and_names_every_service():
    for secret in FILE["secrets"]:
        assert re.search(rf"^install -m 0400 .*secrets/{secret}$", GUIDE, re.M), secret
    for name in SERVICES:
        assert f"`{name}`" in GUIDE or f"run --rm {name}" in GUIDE, name
    named = re.findall(r"docker compose (?:stop|exec(?: --no-TTY)?|run --rm) ([\w ]+)", GUIDE)
    assert {line.split()[0] for line in named} <= set(SERVICES)
