"""Folders that are full or read-only, few open files: it works, or one sentence says why not."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.application import OLD
from tests.dev import embedded_url, environment, eventually

pytestmark = pytest.mark.full

TASK = "cleanup_old_audit_logs"
FILL = """
insert into public.audit_logs (entity, action, user_id, time)
    select 'invoice', 'read', (select min(id::text)::uuid from public.profiles),
        now() - case when i % 2 = 0 then interval '200 days' else interval '1 day' end
    from generate_series(1, 20000) as i;
update maint.retention_policies set batch_target = '1 ms';
"""


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own at a folder, where this machine lets us mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a file system, and not in every container")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def maint(*arguments: str, **variables: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables,
        start_new_session=True,
    )  # fmt: skip


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    try:
        output, words = process.communicate(timeout=200)
    except subprocess.TimeoutExpired:
        family = [process.pid, *(each.pid for each in psutil.Process(process.pid).children(True))]
        os.killpg(process.pid, signal.SIGKILL)
        output, words = process.communicate(timeout=20)
        pytest.fail(f"{process.args} does not end; processes {family}: {output} {words}")
    return process.returncode, output, " ".join(words.split())


def users_of(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def query(home: Path, statement: str):
    with closing(psycopg.connect(embedded_url(home), autocommit=True)) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def test_the_servers_folder_gets_full_while_a_run_works(tmp_path):
    with mounted(tmp_path / "small", "size=420m") as small:
        home = small / "home"
        variables = environment(home)
        for command in (("sample", "--rows", "100"), ("migrate",)):
            code, _, words = ended(maint(*command, **variables))
            assert code == 0, words
        with shell(variables):
            query(home, FILL)
            # Far from what expires while the test runs.
            since = query(home, "select (now() - interval '80 days')::text")
            young = f"select count(*) from audit_logs where time > '{since}'"
            kept = query(home, young)
            run = maint("run", TASK, "--set", "duty_percent=1", **variables)
            begun = "select count(*) from maintenance_task_runs where details ? 'progress'"
            eventually(lambda: run.poll() is not None or query(home, begun), 120)
            fill(small)
            code, _, words = ended(run)
            # It had room enough to end, or says what is wrong.
            assert code == 0 or "No space left" in words or "server closed" in words, words
            assert "Traceback" not in words
            (small / "filler").unlink()
            eventually(lambda: answers(home), 120)
            code, _, words = ended(maint("run", TASK, **variables))
            assert code == 0, words
            assert query(home, f"select count(*) from audit_logs where {OLD}") == 0
            assert query(home, young) == kept
        eventually(lambda: not users_of(small))


@contextmanager
def shell(variables: dict[str, str]) -> Iterator[None]:
    """Keep the server of a home running."""
    keeper = maint("psql", "-c", "select pg_sleep(3000)", **variables)
    home = Path(variables["MAINT_HOME"])
    try:
        eventually(lambda: answers(home), 180)
        yield
    finally:
        keeper.send_signal(signal.SIGTERM)
        ended(keeper)


def answers(home: Path) -> bool:
    try:
        return query(home, "select 1") == 1
    except psycopg.OperationalError:
        return False


def fill(folder: Path) -> None:
    """Take all the room there is."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(1 << 20))
        except OSError:
            return


def test_too_small_for_a_server_at_all(tmp_path):
    with mounted(tmp_path / "small", "size=8m") as small:
        code, _, words = ended(maint("psql", "-c", "select 1", **environment(small / "home")))
        assert code == 2 and "No space left on device" in words and "Traceback" not in words
        assert not users_of(small)


def test_a_home_on_a_read_only_file_system(tmp_path):
    with mounted(tmp_path / "home", "size=1m") as home:
        subprocess.run(["mount", "-o", "remount,ro", str(home)], check=True)
        refused: list[str] = []
        for command in (("psql", "-c", "select 1"), ("history",), ("dev",), ("doctor",)):
            code, output, words = ended(maint(*command, **environment(home)))
            assert code in (1, 2) and "Traceback" not in words, (command, words)
            if "There is no database yet" in words + output:
                continue  # it would make none
            assert "MAINT_HOME" in words + output, (command, words)
            assert "Read-only" in words or "not writable" in words, (command, words)
            refused.append(command[0])
        assert {"psql", "dev"} <= set(refused)
        assert not users_of(home)


def test_with_both_databases_elsewhere_a_read_only_home_is_enough(tmp_path, database, storage):
    with mounted(tmp_path / "home", "size=1m") as home:
        subprocess.run(["mount", "-o", "remount,ro", str(home)], check=True)
        variables = {
            **environment(home), "HOME": str(home), "MAINT_DATABASE_URL": database,
            "MAINT_DAGSTER_DATABASE_URL": storage,
        }  # fmt: skip
        for command in (("history",), ("alerts",), ("doctor",), ("policies",)):
            code, output, words = ended(maint(*command, **variables))
            assert "Traceback" not in words, (command, words)
            assert code == 0 or command == ("doctor",), (command, words, output)
        code, _, words = ended(maint("run", "maintenance_health", **variables))
        assert "Traceback" not in words
        assert code == 0 or "MAINT_HOME" in words, words


@pytest.mark.parametrize("most", [24, 40, 64, 128])
def test_few_open_files(tmp_path, most):
    """It works, or says that it needs more; whoever needs more is not left running."""
    home = tmp_path / "home"
    limited = subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", "psql", "-Atc", "select 1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(home),
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)),  # noqa: PLW1509
    )  # fmt: skip
    code, output, words = ended(limited)
    assert "Traceback" not in words, words
    assert (code, output) == (0, "1\n") or (code == 2 and "too few for PostgreSQL" in words), words
    eventually(lambda: not users_of(home))
