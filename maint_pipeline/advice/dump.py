"""The schema of a database, dumped by pg_dump and restored into a what-if server."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from maint_pipeline.advice.errors import AdviceError
from maint_pipeline.backups.dumps import DATABASE, ROLE
from maint_pipeline.backups.sandbox import hand_over
from maint_pipeline.backups.scratch import Scratch
from maint_pipeline.backups.scratch_server import ScratchServer
from maint_pipeline.database.urls import parse, redacted

DUMP = "schema.dump"
"""The file's name in the scratch folder."""

LOCK_SECONDS = 5
"""How long the dump waits for a table that somebody else has locked."""

_EXPECTED = ("already exists", "must be owner of schema", "permission denied to change default")
_SHOWN = 20


def dump_schema(
    url: str, programs: Path, target: Path, seconds: float, left_out: Iterable[tuple[str, str]]
) -> None:
    """Dump the schema without a row: ACCESS SHARE locks only, for as long as it takes.

    Args:
        url: of the database, as the role that asks for advice.
        programs: PostgreSQL's.
        target: the file to write.
        seconds: for the whole dump.
        left_out: schema and name of tables that the role may not read, and so not lock.

    Raises:
        AdviceError: it can't be dumped; the message says why.
    """
    parts = parse(url)
    environment = {"PATH": os.environ.get("PATH", ""), "PGAPPNAME": "maint advise"}
    for name in ("password", "passfile", "sslpassword"):
        if (secret := parts.pop(name, None)) is not None and name != "sslpassword":
            environment[f"PG{name.upper()}"] = str(secret)
    limit = int(seconds * 1000)
    options = f"-c statement_timeout={limit} -c lock_timeout={LOCK_SECONDS}s"
    environment["PGOPTIONS"] = f"{parts.pop('options', '') or ''} {options}".strip()
    for name in ("HOME", "PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSYSCONFDIR"):
        if name in os.environ:
            environment.setdefault(name, os.environ[name])
    named = " ".join(f"{name}={_quoted(str(value))}" for name, value in parts.items())
    try:
        done = subprocess.run(
            [
                programs / "pg_dump", "--format=custom", "--schema-only", "--no-comments",
                "--no-publications", "--no-subscriptions", "--no-security-labels",
                "--no-tablespaces", "--exclude-schema=maint", "--file", target, "--dbname", named,
                f"--lock-wait-timeout={LOCK_SECONDS}s",
                *(f"--exclude-table={_pattern(schema, name)}" for schema, name in left_out),
            ],
            check=False, capture_output=True, text=True, cwd="/", env=environment,
            timeout=seconds, errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise AdviceError(
            f"Dumping the schema takes longer than {seconds:.0f} s: give it more with --limit."
        ) from None
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
        raise AdviceError(
            f"The schema of {redacted(url)} can't be dumped: {reason}. The role needs SELECT on "
            "every table (grant pg_read_all_data); if a table is locked, try again later."
        )


def restore_schema(scratch: Scratch, server: ScratchServer, programs: Path) -> list[str]:
    """Restore a schema as a plain role, which owns everything then.

    Args:
        scratch: the server's folder, with the dump.
        server: with the database `DATABASE`.
        programs: PostgreSQL's.

    Returns:
        What did not come back, in pg_restore's words; the rest went on.
    """
    within = scratch.inside / DUMP
    (scratch.folder / DUMP).rename(within)
    hand_over(scratch.inside)
    done = scratch.sandbox.run(
        programs / "pg_restore", "--no-owner", "-d", server.conninfo(DATABASE, ROLE), within
    )
    lines = [
        line.partition("error: ")[2]
        for line in done.stderr.splitlines()
        if "error: " in line and not any(words in line for words in _EXPECTED)
    ]
    within.unlink(missing_ok=True)
    shown = [line.removeprefix("could not execute query: ERROR:  ") for line in lines]
    return shown[:_SHOWN] + ([f"and {len(shown) - _SHOWN} more"] if len(shown) > _SHOWN else [])


def _pattern(schema: str, name: str) -> str:
    """Give a pattern of pg_dump that means one table."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in (schema, name))


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
