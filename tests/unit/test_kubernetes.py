"""deploy/kubernetes agrees with Kubernetes' API, with itself and with the product."""

import re
from pathlib import Path

import pytest
import yaml

from maint_pipeline.instance.home import instance_settings
from maint_pipeline.settings import SECRETS, Settings, variable
from tests.kubernetes_models import model_of, not_restricted, problems

FOLDER = Path(__file__).parents[2] / "deploy" / "kubernetes"
MANIFESTS = [
    manifest
    for file in sorted(FOLDER.glob("*.yaml"))
    for manifest in yaml.safe_load_all(file.read_text())
]
SECRET_FILES = "/run/secrets/maint"


def named(manifest: dict) -> str:
    return f"{manifest['kind']}/{manifest['metadata']['name']}"


def of(kind: str, name: str) -> dict:
    (found,) = (m for m in MANIFESTS if named(m) == f"{kind}/{name}")
    return found


WITH_PODS = [m for m in MANIFESTS if m["kind"] in ("Deployment", "Job")]


def pod(manifest: dict) -> dict:
    return manifest["spec"]["template"]["spec"]


def containers(manifest: dict) -> list[dict]:
    return [*pod(manifest)["containers"], *pod(manifest).get("initContainers", [])]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=named)
def test_a_manifest_is_one_of_kubernetes(manifest):
    assert problems(manifest, model_of(manifest), named(manifest)) == []
    assert manifest["metadata"].get("namespace", "maint") == "maint"


def test_the_comparison_finds_mistakes():
    manifest = yaml.safe_load((FOLDER / "daemon.yaml").read_text().partition("---")[0])
    manifest["spec"]["replicas"] = "2"
    manifest["spec"]["template"]["spec"]["containers"][0]["imagePullPolice"] = "Always"
    del manifest["spec"]["selector"]
    assert len(problems(manifest, "V1Deployment", "daemon")) == 3


@pytest.mark.parametrize("manifest", WITH_PODS, ids=named)
def test_a_pod_is_restricted(manifest):
    assert not_restricted(pod(manifest)) == []
    assert pod(manifest)["automountServiceAccountToken"] is False
    for container in containers(manifest):
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["resources"]["limits"]["memory"]


def test_the_namespace_demands_that():
    labels = of("Namespace", "maint")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize("manifest", WITH_PODS, ids=named)
def test_what_is_mounted_is_there(manifest):
    volumes = {volume["name"] for volume in pod(manifest)["volumes"]}
    mounted = {m["name"] for c in containers(manifest) for m in c["volumeMounts"]}
    assert mounted == volumes
    for container in containers(manifest):
        writable = {m["mountPath"] for m in container["volumeMounts"] if not m.get("readOnly")}
        assert writable <= {"/var/lib/maint", "/tmp"}


def test_secrets_are_files_that_only_the_pods_group_may_read():
    text = "".join(file.read_text() for file in FOLDER.glob("*.yaml"))
    assert "secretKeyRef" not in text and "secretRef" not in text
    for manifest in WITH_PODS:
        for volume in pod(manifest)["volumes"]:
            if "secret" in str(volume) or "serviceAccountToken" in str(volume):
                kind = volume.get("secret") or volume["projected"]
                assert kind["defaultMode"] == 0o440, named(manifest)
        assert pod(manifest)["securityContext"]["fsGroup"] == 10001


def test_settings_are_ours_and_none_is_a_secret():
    known = SECRETS | {variable(name, field) for name, field in Settings.model_fields.items()}
    data = of("ConfigMap", "maint-settings")["data"]
    assert set(data) <= known
    for name, value in data.items():
        assert name not in SECRETS or (name.endswith("_FILE") and value.startswith(SECRET_FILES))


def test_only_who_launches_runs_may_ask_kubernetes():
    for manifest in WITH_PODS:
        tokens = [c["name"] for c in containers(manifest)
                  if "token" in [m["name"] for m in c["volumeMounts"]]]  # fmt: skip
        expected = {"maint-web": ["web"], "maint-daemon": ["daemon"]}
        name = manifest["metadata"]["name"]
        assert tokens == expected.get(name, [])
        account = "maint-launcher" if name in expected else "maint-run"
        assert pod(manifest)["serviceAccountName"] == account
    role = of("Role", "maint-launcher")
    assert "secrets" not in str(role) and "*" not in str(role)
    assert [s["name"] for s in of("RoleBinding", "maint-launcher")["subjects"]] == [
        "maint-launcher"
    ]


def test_two_daemons_and_readiness_that_asks_for_the_jobs():
    assert of("Deployment", "maint-daemon")["spec"]["replicas"] == 2
    asked = {
        c["name"]: c["readinessProbe"]["exec"]["command"][2:]
        for m in WITH_PODS for c in containers(m)
        if "exec" in c.get("readinessProbe", {})
    }  # fmt: skip
    module = "maint_pipeline.instance.readiness"
    assert asked == {
        "code": [module, "code", "--port", "4000"], "web": [module, "web", "--port", "3000"],
        "view": [module, "web", "--port", "3001"],
    }  # fmt: skip


def test_policies_name_pods_that_there_are():
    apps = {m["spec"]["template"]["metadata"]["labels"]["app"] for m in WITH_PODS} | {"maint-run"}
    policies = [m for m in MANIFESTS if m["kind"] == "NetworkPolicy"]
    shut = of("NetworkPolicy", "nothing-else")["spec"]
    assert shut == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for policy in policies:
        for word in str(policy).replace("'", " ").split():
            assert not word.startswith("maint-") or word in apps, word
    code = of("NetworkPolicy", "web-and-daemon-to-code")["spec"]
    assert code["podSelector"] == {"matchLabels": {"app": "maint-code"}}


@pytest.mark.parametrize("of_fleet", [False, True], ids=["one database", "fleet"])
def test_dagsters_settings_are_what_is_measured_elsewhere(of_fleet):
    """But for the launcher they are ours: one that is changed there is changed here."""
    text = of("ConfigMap", "maint-dagster")["data"]["dagster.yaml"]
    written = yaml.safe_load(text.replace("#fleet ", "") if of_fleet else text)
    launcher = written.pop("run_launcher")["config"]
    file = Path(of("ConfigMap", "maint-settings")["data"]["MAINT_DAGSTER_DATABASE_URL_FILE"])
    assert written == instance_settings(
        Path("/var/lib/maint"), tag_users=True, storage_file=file, of_fleet=of_fleet
    )
    images = {c["image"] for m in WITH_PODS for c in containers(m) if c["name"] != "front"}
    assert images == {launcher["job_image"]}
    workspace = yaml.safe_load(of("ConfigMap", "maint-dagster")["data"]["workspace.yaml"])
    server = workspace["load_from"][0]["grpc_server"]
    assert of("Service", server["host"])["spec"]["ports"][0]["port"] == server["port"]


def test_nothing_about_a_run_is_chosen_by_its_tags():
    written = yaml.safe_load(of("ConfigMap", "maint-dagster")["data"]["dagster.yaml"])
    launcher = written["run_launcher"]["config"]
    assert launcher["only_allow_user_defined_k8s_config_fields"] == {}
    assert launcher["only_allow_user_defined_env_vars"] == []


def test_the_guide_names_every_file_and_what_the_pods_need():
    guide = (FOLDER.parents[1] / "docs" / "kubernetes.md").read_text()
    assert set(re.findall(r"kubernetes/(\w+\.yaml)", guide)) == {f.name for f in FOLDER.iterdir()}
    made = set(re.findall(r"create (?:configmap|secret \w+) (maint-[a-z-]+)", guide))
    given = {m["metadata"]["name"] for m in MANIFESTS if m["kind"] == "ConfigMap"}
    sources = re.findall(
        r"'(?:configMap|secret)': {'(?:secretName|name)': '([\w.-]+)'",
        str([pod(m)["volumes"] for m in WITH_PODS]),
    )
    assert set(sources) == made | (given - {"maint-settings"}) | {"kube-root-ca.crt"}
