"""The units of deploy/systemd with all secrets in files: nothing else has them afterwards."""

import subprocess
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import conninfo, sql

from maint_pipeline.settings import SECRET_FIELDS
from tests.dev import eventually, maint
from tests.machine import production
from tests.shells import is_loaded

pytestmark = [pytest.mark.full, pytest.mark.any_version]

SECRET = "tell-nobody-4711"


@pytest.fixture
def machine(tmp_path):
    with production(tmp_path) as made:
        variables = made.variables
        # The server asks nobody for a password, but gets these.
        secrets = {
            name: conninfo.make_conninfo(variables.pop(name), password=SECRET)
            for name in ("MAINT_DATABASE_URL", "MAINT_DAGSTER_DATABASE_URL")
        }
        secrets["MAINT_NOTIFY_URLS"] = f"ops=json://user:{SECRET}@127.0.0.1:9/"
        secrets["MAINT_WATCHDOG_URL"] = f"http://127.0.0.1:9/{SECRET}"
        for name, secret in secrets.items():
            file = tmp_path / name.lower()
            file.write_text(f"{secret}\n")
            file.chmod(0o400)
            variables[f"{name}_FILE"] = str(file)
        yield made


def told(machine) -> list[str]:
    """Processes whose environment or command line has the secret."""
    found = []
    for started in machine.running.values():
        with suppress(psutil.NoSuchProcess):
            family = psutil.Process(started.pid)
            for process in (family, *family.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    if SECRET in f"{process.environ()} {process.cmdline()}":
                        found.append(f"{process.cmdline()[:6]}")
    return found


def test_secrets_in_files_are_nowhere_else(machine):
    for name in ("maint-code", "maint-daemon", "maint-web", "maint-metrics"):
        machine.start(name)
    operators = machine.ui("3000")
    eventually(lambda: is_loaded(operators), seconds=240)
    eventually(lambda: "Leads" in (machine.folder / "maint-daemon.log").read_text(), seconds=120)
    run = operators.launch("run_automated_security_checks")

    def finished() -> bool:
        assert told(machine) == []
        return operators.status(run) in ("SUCCESS", "FAILURE")

    eventually(finished, seconds=180)
    assert operators.status(run) == "SUCCESS"
    # The alerts' notifications fail: nobody listens. That is where a message could tell a URL.
    doctor = subprocess.run(
        [*machine.command("maint"), "doctor"], check=False, capture_output=True, text=True,
        env=machine.variables, timeout=180,
    )  # fmt: skip
    files = ", ".join(
        f"{name} ({machine.variables[f'{name}_FILE']})"
        for name in sorted(SECRET_FIELDS.values()) if f"{name}_FILE" in machine.variables
    )  # fmt: skip
    assert f"secrets: from files: {files}" in " ".join(doctor.stdout.split())
    assert SECRET not in doctor.stdout + doctor.stderr
    env = maint(machine.folder / "home", "env")
    assert SECRET not in env.stdout + env.stderr
    assert written(machine) == []


def written(machine) -> list[str]:
    """Files and rows that have the secret, but for those that it was given in."""
    given = {machine.variables[name] for name in machine.variables if name.endswith("_FILE")}
    found = []
    for path in machine.folder.rglob("*"):
        if path.is_file() and str(path) not in given and "/home/postgres/" not in str(path):
            found += [str(path)] * (SECRET.encode() in path.read_bytes())
    for variable in ("MAINT_DATABASE_URL", "MAINT_DAGSTER_DATABASE_URL"):
        found += rows(Path(machine.variables[f"{variable}_FILE"]).read_text())
    return found


def rows(url: str) -> list[str]:
    """Tables that have the secret in any row."""
    found = []
    with closing(psycopg.connect(url)) as connection:
        tables = connection.execute(
            "select schemaname, tablename from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        for names in tables:
            query = sql.SQL("select count(*) from {} as t where t::text like %s")
            counted = connection.execute(query.format(sql.Identifier(*names)), [f"%{SECRET}%"])
            if counted.fetchone()[0]:
                found.append(".".join(names))
    return found
