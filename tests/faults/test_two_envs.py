"""Two `maint env` started at once on one home, which is empty."""

import subprocess
import sys

import psycopg
import pytest

from maint_pipeline.database.keeper import stop_keeping
from tests.dev import embedded_url, environment

pytestmark = [pytest.mark.full, pytest.mark.any_version]


def test_the_sample_is_loaded_once_and_both_go_on(tmp_path):
    home = tmp_path / "home"
    try:
        both = [
            subprocess.Popen(
                [sys.executable, "-m", "maint_pipeline.cli", "env"], env=environment(home),
                cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for _ in range(2)
        ]  # fmt: skip
        said = [process.communicate(timeout=600) for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        assert all("export DAGSTER_HOME=" in lines for lines, _ in said)
        assert sum("Loaded " in words for _, words in said) == 1
        with psycopg.connect(embedded_url(home)) as connection:
            (names,) = connection.execute(
                "select count(*) = count(distinct id) from orgs"
            ).fetchone()
        assert names
    finally:
        stop_keeping(home)
