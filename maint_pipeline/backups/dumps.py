"""Restoring what pg_dump wrote, as a plain role, into an empty server."""

from __future__ import annotations

import hashlib
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from maint_pipeline.backups import failures, unpack
from maint_pipeline.backups.contents import Contents, run_pg_restore
from maint_pipeline.backups.errors import BackupUnusableError, MissingProgramsError
from maint_pipeline.backups.failures import Failures
from maint_pipeline.backups.isolation import ENVIRONMENT
from maint_pipeline.backups.sandbox import hand_over, text_of
from maint_pipeline.backups.scratch import Scratch
from maint_pipeline.backups.scratch_server import SUPERUSER, ScratchServer
from maint_pipeline.backups.sources import Backup
from maint_pipeline.database.connection import Connection
from maint_pipeline.database.programs import (
    EMBEDDED_PROGRAMS,
    let_server_user_in,
    user_options,
)

DATABASE = "restored"
ROLE = "maint_restore"
"""It owns the database and nothing else: no superuser, no member of any role."""

EXTENSIONS = frozenset(
    {"bloom", "earthdistance", "insert_username", "moddatetime", "pg_stat_statements", "postgis",
     "vector"}
)  # fmt: skip
"""Only a superuser may create these; their functions reach no file, program or network. (Trusted
extensions the role creates itself.)"""

_TABLES = """
select nspname as schema, relname as name
from pg_class
join pg_namespace as namespace on namespace.oid = relnamespace
where relkind in ('r', 'p', 'f')
"""


def make_empty_cluster(programs: Path, scratch: Scratch, *options: str) -> None:
    """Make the data folder of an empty server.

    Args:
        programs: PostgreSQL's.
        scratch: where.
        options: of initdb, on top of ours.

    Raises:
        RuntimeError: initdb failed.
    """
    # Nothing of the backup is here yet. initdb wants a user with a name, which the sandbox's isn't.
    empty = scratch.folder / "empty"
    empty.mkdir(mode=0o700)
    let_server_user_in(empty)
    # C.UTF-8 sorts alike everywhere; indexes are rebuilt anyway.
    locale = ("--locale-provider=builtin", "--locale=C.UTF-8")
    made = subprocess.run(
        [
            programs / "initdb", "-D", empty / "data", "-U", SUPERUSER, "--auth=trust",
            "--encoding=UTF8", *(locale if programs == EMBEDDED_PROGRAMS else ("--no-locale",)),
            "--no-sync", "--no-instructions", *options,
        ],
        check=False, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, **user_options(),
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")
    (empty / "data").rename(scratch.data)
    hand_over(scratch.data)


def restore_dump(
    scratch: Scratch, server: ScratchServer, programs: Path, backup: Backup, *,
    contents: Contents, roles: Iterable[str],
) -> Failures:  # fmt: skip
    """Restore a dump into a database of its own.

    Args:
        scratch: the server's folder.
        server: empty.
        programs: PostgreSQL's.
        backup: a dump.
        contents: of it.
        roles: that policies and the like may name; made without any right.

    Returns:
        What did not come back.

    Raises:
        BackupUnusableError: it can't be read to its end.
    """
    _make_roles(server, roles)
    with closing(server.connect(DATABASE)) as connection:
        schemas = {"public", *make_extensions(connection, dict(contents.extensions))}
    target = server.conninfo(DATABASE, ROLE)
    if backup.kind == "plain":
        return _run_script(scratch, server, programs, backup.path, schemas)
    # One job: with several their messages mix, and an archive of one file would have to be copied.
    restored = run_pg_restore(
        scratch, programs, backup, "--verbose", "--no-owner", "--no-privileges", "-d", target
    )
    found = failures.of_archive(restored.stderr, restored.returncode, contents, schemas)
    with closing(server.connect(DATABASE)) as connection:
        tables = connection.execute(_TABLES).fetchall()
    there = ((row["schema"], row["name"]) for row in tables)
    found.problems += [f"{name} is missing" for name in failures.missing_tables(contents, there)]
    return found


def check_digest(path: Path) -> None:
    """Compare a file with the sha256 that lies beside it, where there is one.

    Raises:
        BackupUnusableError: they differ.
    """
    beside = path.with_name(f"{path.name}.sha256")
    if not path.is_file() or not beside.is_file():
        return
    wanted = beside.read_text().split()[0].lower()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wanted:
        raise BackupUnusableError(f"{path} is not what {beside.name} says: its sha256 is {found}.")


def _make_roles(server: ScratchServer, roles: Iterable[str]) -> None:
    with closing(server.connect("postgres")) as connection:
        known = {row["rolname"] for row in connection.execute("select rolname from pg_roles")}
        connection.execute(sql.SQL("create role {} login").format(sql.Identifier(ROLE)))
        for role in sorted(set(roles) - known - {ROLE}):
            connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
        connection.execute(
            sql.SQL("create database {} owner {} template template0").format(
                sql.Identifier(DATABASE), sql.Identifier(ROLE)
            )
        )


def make_extensions(connection: Connection, extensions: Mapping[str, str]) -> set[str]:
    """Create what `ROLE` can't create itself, while the database is empty.

    Args:
        connection: of the scratch server's superuser.
        extensions: the schema of each, by name; those not in `EXTENSIONS` are left out.

    Returns:
        The schemas made for that.
    """
    schemas: set[str] = set()
    available = connection.execute("select name from pg_available_extensions").fetchall()
    names = EXTENSIONS & {row["name"] for row in available}
    for name, schema in extensions.items():
        if name not in names or schema.startswith("pg_"):
            continue
        identifiers = {"name": sql.Identifier(name), "schema": sql.Identifier(schema)}
        # What fails here fails again when the dump asks for it, and is named there.
        with suppress(psycopg.Error):
            if schema not in schemas | {"public"}:
                connection.execute(
                    sql.SQL("create schema {schema} authorization {role}").format(
                        **identifiers, role=sql.Identifier(ROLE)
                    )
                )
                schemas.add(schema)
            connection.execute(
                sql.SQL("create extension {name} schema {schema} cascade").format(**identifiers)
            )
    return schemas


def _run_script(
    scratch: Scratch, server: ScratchServer, programs: Path, path: Path, schemas: set[str]
) -> Failures:
    psql = _restricted_psql(scratch, server, programs)
    arguments = ("-X", "-q", "--echo-errors", "-d", server.conninfo(DATABASE, ROLE), "-f", "-")
    with path.open("rb") as file, scratch.sandbox.file() as printed, scratch.sandbox.file() as said:
        process = scratch.sandbox.start(psql, *arguments, stdin=subprocess.PIPE, stderr=printed)
        try:
            assert process.stdin  # noqa: S101
            with suppress(BrokenPipeError), process.stdin:
                # From here on psql takes no command of its own, whatever the script says.
                process.stdin.write(f"\\restrict {secrets.token_hex(32)}\n".encode())
                process.stdin.flush()
                source = scratch.sandbox.start(
                    sys.executable, "-I", unpack.__file__, "script",
                    stdin=file, stdout=process.stdin, stderr=said,
                )  # fmt: skip
            try:
                source.wait()
            finally:
                scratch.sandbox.end(source)
            process.wait()
        finally:
            scratch.sandbox.end(process)
        scratch.sandbox.check()
        found = failures.of_script(text_of(printed), process.returncode, schemas)
        if source.returncode:
            found.problems.insert(0, f"{path} can't be read to its end: {text_of(said).strip()}")
    return found


def _restricted_psql(scratch: Scratch, server: ScratchServer, programs: Path) -> Path:
    r"""Find a psql that obeys `\restrict`: minor releases before August 2025 don't know it."""
    target = server.conninfo(DATABASE, ROLE)
    for psql in (folder / "psql" for folder in (programs, EMBEDDED_PROGRAMS) if folder):
        with scratch.sandbox.file() as commands:
            commands.write(b"\\restrict key\n\\echo unrestricted\n")
            commands.seek(0)
            tried = scratch.sandbox.run(psql, "-X", "-q", "-d", target, "-f", "-", stdin=commands)
        if "unrestricted" not in tried.stdout and "are restricted" in tried.stderr:
            return psql
    raise MissingProgramsError(
        f"{programs / 'psql'} can't refuse the commands that a script may hold. Update PostgreSQL "
        "to its latest minor release, or make dumps with pg_dump -Fc."
    )
