"""The upgrade of docs/production.md, line by line: no run is cut off and no tick is lost.

The version is the same before and after: `git pull` and pip's lines are not carried out.
"""

import os
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.database.programs import embedded_program
from tests.dev import eventually
from tests.machine import BIN, production
from tests.shells import is_loaded

pytestmark = [pytest.mark.full, pytest.mark.any_version]

GUIDE = Path(__file__).parents[2] / "docs" / "production.md"
OLD, QUEUED, DUE = "cleanup_old_audit_logs", "verify_backup_health", "maintenance_health"
DEFINITIONS = """
from maint_pipeline.definitions import *
from maint_pipeline.instance.internals.host import OwnHost
from maint_pipeline.resources import Maintenance

defs = maintenance_definitions(
    Maintenance(from_environment=True), host=OwnHost(), schedules={{{task!r}: {cron!r}}}
)
"""
RUNS = """
select count(*), min(status), min(trigger) from maintenance_task_runs
where task_name = %s and started_at > %s
"""
START_SECONDS = 100
"""Until then everything has started, also on a busy machine."""


@pytest.fixture
def machine(tmp_path):
    """A machine on which a schedule is due in some minutes, at `due`."""
    with production(tmp_path) as made:
        made.due = (datetime.now(UTC) + timedelta(seconds=START_SECONDS + 60)).replace(
            second=0, microsecond=0
        )
        cron = f"{made.due.minute} {made.due.hour} * * *"
        (tmp_path / "of_this_test.py").write_text(DEFINITIONS.format(task=DUE, cron=cron))
        made.definitions = "of_this_test"
        programs = f"{BIN}:{embedded_program('psql').parent}:{os.environ['PATH']}"
        made.variables |= {"PYTHONPATH": str(tmp_path), "PATH": programs}
        yield made


def upgrade() -> list[str]:
    """The guide's lines."""
    chapter = GUIDE.read_text().partition("## 7.")[2]
    block = chapter.partition("```sh\n")[2].partition("```")[0]
    return [line.partition("#")[0].strip() for line in block.splitlines()]


def test_runs_finish_and_no_tick_is_lost(machine):
    began = datetime.now(UTC)
    for name in ("maint-code", "maint-daemon", "maint-web", "maint-view", "maint-metrics"):
        machine.start(name)
    ui = machine.ui("3000")
    eventually(lambda: is_loaded(ui), seconds=240)
    assert datetime.now(UTC) < machine.due - timedelta(seconds=20), "the machine is too slow"
    while datetime.now(UTC) < machine.due - timedelta(seconds=20):
        time.sleep(0.5)
    old = ui.launch(OLD, retention_days=1, duty_percent=1)
    eventually(lambda: ui.status(old) == "STARTED", seconds=60)

    queued: list[str] = []
    for line in upgrade():
        program, _, rest = line.partition(" ")
        if program == "systemctl":
            systemctl(machine, rest.split(), queued)
        elif line == "maint doctor":
            eventually(lambda: is_loaded(ui), seconds=240)
            assert [ui.finished(run) for run in (old, *queued)] == ["SUCCESS", "SUCCESS"]
            eventually(lambda: ran(machine, DUE, began)[0], seconds=120)
        if program in ("pg_dump", "maint"):
            shell(machine, line)

    time.sleep(65)  # the daemon has looked once more
    assert ran(machine, DUE, began) == (1, "completed", "schedule")
    assert ran(machine, QUEUED, began)[:2] == (1, "completed")
    assert ran(machine, OLD, began)[:2] == (1, "completed")


def test_the_guide_has_these_lines():
    programs = [line.partition(" ")[0] for line in upgrade()]
    assert programs == ["pg_dump", "systemctl", "systemctl", "cd", "maint", "systemctl", "maint"]


def systemctl(machine, words: list[str], queued: list[str]) -> None:
    """Start or stop units; what is launched without a daemon waits in the queue."""
    verb, *units = words
    for unit in units:
        if verb == "start":
            machine.start(unit)
            continue
        stopped = machine.stop(unit)
        assert stopped == 0 or unit == "maint-code", unit
        if unit == "maint-daemon":
            queued.append(machine.ui("3000").launch(QUEUED))
    if words == ["stop", "maint-code"]:
        # Nothing runs any more, and now the schedule is due.
        time.sleep(max(0.0, (machine.due - datetime.now(UTC)).total_seconds() + 3))


def ran(machine, task: str, since: datetime) -> tuple[int, str | None, str | None]:
    """How often a task ran, how it ended and who started it."""
    with closing(psycopg.connect(machine.variables["MAINT_DATABASE_URL"])) as connection:
        return connection.execute(RUNS, [task, since]).fetchone()


def shell(machine, line: str) -> None:
    answer = subprocess.run(
        ["sh", "-ec", line], cwd=machine.folder, env=machine.variables, capture_output=True,
        text=True, check=False, timeout=180,
    )  # fmt: skip
    # The doctor may find fault with the sample; it has to be able to look.
    assert answer.returncode == 0 or line == "maint doctor", (line, answer.stdout, answer.stderr)
    assert "Traceback" not in answer.stderr
