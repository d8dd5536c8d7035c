"""Dagster's storage is saved and restored by the commands that docs/production.md has."""

import os
import re
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo, sql

from maint_pipeline.database.programs import embedded_program

GUIDE = Path(__file__).parents[2] / "docs" / "production.md"
TASK = "cleanup_old_security_alerts"


def command(program: str) -> str:
    """The guide's command in its chapter on backup."""
    chapter = GUIDE.read_text().partition("## 6.")[2].partition("## 7.")[0]
    (line,) = re.findall(rf"^{program} .*$", chapter, flags=re.MULTILINE)
    return line


@pytest.fixture
def storage_of_its_own(new_database, server_url):
    """URL of a database that belongs to a role without other rights, as the guide makes it."""
    url = new_database()
    name = conninfo.conninfo_to_dict(url)["dbname"]
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute("drop role if exists maint_dagster")
        connection.execute("create role maint_dagster login")
        connection.execute(
            sql.SQL("alter database {} owner to maint_dagster").format(sql.Identifier(name))
        )
        yield conninfo.make_conninfo(url, user="maint_dagster")
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
        connection.execute("drop role maint_dagster")


def contents(url: str) -> dict[str, list]:
    """Every row of every table, in one order."""
    with closing(psycopg.connect(url)) as connection:
        tables = connection.execute(
            "select quote_ident(tablename) from pg_tables where schemaname = 'public' order by 1"
        ).fetchall()
        return {
            name: connection.execute(
                f"select t::text from {name} as t order by t::text".encode()
            ).fetchall()
            for (name,) in tables
        }


def test_a_restored_storage_is_the_saved_one_and_works_on(cli, storage_of_its_own, tmp_path):
    url = storage_of_its_own
    maint = cli.with_variables(MAINT_DAGSTER_DATABASE_URL=url)

    def shell(line: str) -> None:
        # The programs of the server's version, as the guide says.
        programs = os.environ.get("MAINT_TEST_BIN_DIR") or embedded_program("psql").parent
        path = f"{programs}:{os.environ['PATH']}"
        variables = {**os.environ, "PATH": path, "MAINT_DAGSTER_DATABASE_URL": url}
        answer = subprocess.run(
            ["sh", "-ec", line], cwd=tmp_path, env=variables, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr

    assert maint("run", TASK).returncode == 0
    saved = contents(url)
    assert len(saved["runs"]) == 1 and saved["event_logs"]
    shell(command("pg_dump"))
    assert maint("run", TASK).returncode == 0
    assert contents(url) != saved

    shell(command("psql"))
    assert contents(url) == {}
    shell(command("pg_restore"))
    assert contents(url) == saved
    assert maint("run", TASK).returncode == 0
    assert len(contents(url)["runs"]) == 2
    assert maint("doctor", "--quiet").returncode == 0
