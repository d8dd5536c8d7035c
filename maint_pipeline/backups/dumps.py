"""Restoring what pg_dump wrote, into an empty server."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.sources import Backup
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS, run_program
from maint_pipeline.database.urls import database_url

DATABASE = "restored"
_PROBLEMS_SHOWN = 10
_END_OF_DUMP = b"PostgreSQL database dump complete"


def make_empty_cluster(programs: Path, data: Path) -> None:
    """Make the data folder of an empty server.

    Args:
        programs: PostgreSQL's.
        data: the folder; it doesn't exist yet.

    Raises:
        RuntimeError: initdb failed.
    """
    # C.UTF-8 sorts alike everywhere; indexes are built anew anyway.
    locale = ("--locale-provider=builtin", "--locale=C.UTF-8")
    made = run_program(
        programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
        *(locale if programs == EMBEDDED_PROGRAMS else ("--no-locale",)),
        "--no-sync", "--no-instructions", as_server_user=True,
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")


def restore_dump(programs: Path, backup: Backup, url: str, roles: Iterable[str]) -> None:
    """Restore a dump into a database of its own.

    Args:
        programs: PostgreSQL's.
        backup: a dump.
        url: of the scratch server's database postgres.
        roles: that policies and the like may name; made without any right.

    Raises:
        BackupUnusableError: it can't be read to its end, or any statement of it failed.
    """
    _check_digest(backup.path)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        known = {row[0] for row in connection.execute("select rolname from pg_roles").fetchall()}
        for role in sorted(set(roles) - known):
            connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
    target = database_url(url, DATABASE)
    if backup.kind == "plain":
        _run_script(programs, backup.path, target)
    else:
        _run_pg_restore(programs, backup, target)


def _run_pg_restore(programs: Path, backup: Backup, target: str) -> None:
    # Reading everything is what finds a damaged dump: pg_restore --list sees its beginning only.
    parallel = [] if backup.kind == "tar" else ["--jobs=2"]
    restored = run_program(
        programs / "pg_restore", "--no-owner", "--no-privileges", *parallel, "-d", target,
        backup.path,
    )  # fmt: skip
    # The empty database has the schema already, and a dump of all schemas says so again.
    problems = [
        line.removeprefix("pg_restore: error: ")
        for line in restored.stderr.splitlines()
        if "error: " in line and 'schema "public" already exists' not in line
    ]
    if problems or restored.returncode < 0 or (restored.returncode and not restored.stderr):
        raise BackupUnusableError(f"pg_restore: {_shown(problems) or restored.returncode}")


def _run_script(programs: Path, path: Path, target: str) -> None:
    arguments = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", target]
    with tempfile.TemporaryFile() as stderr:
        with subprocess.Popen(
            [programs / "psql", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=stderr, cwd="/",
        ) as process:  # fmt: skip
            assert process.stdin  # noqa: S101
            try:
                end = _feed(path, process.stdin)
                process.wait()
            except BaseException:
                process.kill()
                raise
        stderr.seek(0)
        problems = stderr.read().decode(errors="replace").splitlines()
    if process.returncode:
        raise BackupUnusableError(f"psql: {_shown(problems)}")
    if _END_OF_DUMP not in end:
        raise BackupUnusableError(f"{path} ends in the middle: it lacks pg_dump's last line.")


def _feed(path: Path, target: IO[bytes]) -> bytes:
    """Hand a script to psql, and give its last bytes."""
    end = b""
    try:
        source: Any = gzip.open(path) if path.name.endswith(".gz") else path.open("rb")  # noqa: SIM115
        with source:
            while chunk := source.read(1 << 20):
                target.write(chunk)
                end = (end + chunk)[-1024:]
    except BrokenPipeError:
        pass  # psql stopped at an error, and says which
    except (EOFError, OSError, zlib.error) as error:
        raise BackupUnusableError(f"{path} can't be read to its end: {error}") from None
    finally:
        with suppress(BrokenPipeError):
            target.close()
    return end


def _check_digest(path: Path) -> None:
    """Compare a file with the sha256 that lies beside it, where there is one."""
    beside = path.with_name(f"{path.name}.sha256")
    if not path.is_file() or not beside.is_file():
        return
    wanted = beside.read_text().split()[0].lower()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wanted:
        raise BackupUnusableError(f"{path} is not what {beside.name} says: its sha256 is {found}.")


def _shown(problems: list[str]) -> str:
    more = len(problems) - _PROBLEMS_SHOWN
    shown = "; ".join(problem.strip() for problem in problems[:_PROBLEMS_SHOWN])
    return f"{shown}; and {more} more" if more > 0 else shown
