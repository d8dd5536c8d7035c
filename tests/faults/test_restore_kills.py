"""verify_restore killed outright: no server stays behind, and the next run clears up and proves."""

import os
import subprocess
from pathlib import Path

import psutil
import pytest

from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from tests.application import CREATE_OLD_ROWS
from tests.dev import eventually

PROGRAMS = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS))


@pytest.fixture
def scratch(tmp_path) -> Path:
    return tmp_path / "scratch"


@pytest.fixture
def restoring(cli, superuser, database, tmp_path, scratch):
    superuser.execute(CREATE_OLD_ROWS)
    # So that the scratch server is there for long enough to be seen, on a busy machine too.
    superuser.execute("create materialized view public.slow as select pg_sleep(5) is null as slow")
    dump = tmp_path / "app.dump"
    subprocess.run([PROGRAMS / "pg_dump", "-Fc", "-f", dump, "-d", database], check=True)
    return cli.with_variables(MAINT_RESTORE_SOURCE=str(dump), MAINT_SCRATCH_DIR=str(scratch))


def servers(scratch: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline", "name", "status"]):
        running = process.info["status"] != psutil.STATUS_ZOMBIE
        if running and any(str(scratch) in part for part in process.info["cmdline"] or ()):
            found.append(process)
    return found


@pytest.mark.parametrize("moment", [pytest.param("folder", marks=pytest.mark.full), "server"])
def test_killed_in_the_middle(restoring, owner, scratch, moment):
    process = restoring.start("run", "verify_restore")
    reached = {
        "folder": lambda: scratch.is_dir() and any(scratch.iterdir()),
        "server": lambda: any("postgres" in p.info["name"] for p in servers(scratch)),
    }
    eventually(reached[moment])
    process.kill()
    process.communicate()
    eventually(lambda: not servers(scratch))
    assert list(scratch.iterdir()), "it was killed after its folder had gone: nothing was tested"

    answer = restoring("run", "verify_restore")
    assert answer.returncode == 0, answer.stderr
    assert list(scratch.iterdir()) == []
    runs = owner.execute(
        "select status, error_message from public.maintenance_task_runs order by started_at"
    ).fetchall()
    assert [run["status"] for run in runs] == ["failed", "completed"]
    assert "worker lost" in runs[0]["error_message"]
    proofs = owner.execute("select is_proven from maint.restore_tests").fetchall()
    assert proofs == [{"is_proven": True}]
