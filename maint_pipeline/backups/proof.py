"""Proof that a backup restores: it is restored, examined, and thrown away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from maint_pipeline.backups.dumps import DATABASE, make_empty_cluster, restore_dump
from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.examination import Examination, compare_with_source, examine
from maint_pipeline.backups.physical import (
    programs_of,
    put_back,
    recovery_options,
    verify_manifest,
)
from maint_pipeline.backups.scratch import scratch_folder, scratch_server
from maint_pipeline.backups.sources import Backup
from maint_pipeline.database.connection import Connection
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from maint_pipeline.database.urls import database_url

_PROBLEMS_KEPT = 20


@dataclass(frozen=True)
class Proof:
    """What a try to restore a backup showed.

    Attributes:
        problem: why it is no proof; None when it is one.
        details: for people and the ledger; JSON values.
        tables: rows with `table, restored_rows, source_rows`, or `table, rows, newest`.
    """

    backup: Backup
    started_at: datetime
    finished_at: datetime
    problem: str | None
    newest_row_at: datetime | None
    row_count: int
    details: dict[str, Any] = field(default_factory=dict)
    tables: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Laboratory:
    """Where backups are tried.

    Attributes:
        scratch: the folder in which a restore may take disk.
        bin_dir: PostgreSQL's programs; None: the embedded ones for dumps, the installed ones of its
            version for everything else.
        report: told what is done, and the fraction of that.
    """

    scratch: Path
    bin_dir: Path | None = None
    report: Callable[[str, float], None] = lambda step, fraction: None


def prove(backup: Backup, laboratory: Laboratory, source: Connection) -> Proof:
    """Restore a backup into a scratch server, examine it, and throw it away.

    Args:
        backup: which one.
        laboratory: where, with what.
        source: the application database, to compare with.

    Returns:
        The proof, or why there is none.

    Raises:
        UsageError: it could not be tried: not enough disk, no programs.
    """
    started_at = datetime.now(UTC)
    seen, tables = Examination(), []
    try:
        with _restored(backup, laboratory, source, seen) as url:
            dbname = DATABASE if backup.is_dump else _database(url, source.info.dbname)
            found = examine(
                database_url(url, dbname), lambda done: laboratory.report("examining", done)
            )
            found.checked[:0] = seen.checked
            seen = found
            tables = compare_with_source(seen, source, _ignored(source))
        problem = "; ".join(seen.problems[:_PROBLEMS_KEPT]) or None
    except BackupUnusableError as error:
        problem = str(error)
    return Proof(
        backup=backup,
        started_at=started_at,
        finished_at=datetime.now(UTC),
        problem=problem,
        newest_row_at=seen.newest_row_at,
        row_count=seen.row_count,
        details={"kind": backup.kind, "checked": seen.checked, "problems": seen.problems},
        tables=tables or [{**row, "newest": str(row["newest"] or "")} for row in seen.tables],
    )


def record(connection: Connection, proof: Proof) -> None:
    """Keep a proof in `maint.restore_proofs`.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        proof: or the lack of one.
    """
    connection.execute(
        "insert into maint.restore_proofs (source, backup, taken_at, bytes, started_at, "
        "finished_at, is_proven, problem, newest_row_at, row_count, details) "
        "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)",
        [
            proof.backup.source, proof.backup.name, proof.backup.taken_at, proof.backup.bytes,
            proof.started_at, proof.finished_at, proof.problem is None, proof.problem,
            proof.newest_row_at, proof.row_count, json.dumps(proof.details),
        ],
    )  # fmt: skip


@contextmanager
def _restored(
    backup: Backup, laboratory: Laboratory, source: Connection, seen: Examination
) -> Iterator[str]:
    """Give the URL of a scratch server that holds the backup."""
    with scratch_folder(laboratory.scratch, backup.needed_bytes) as folder:
        data = folder / "data"
        laboratory.report("restoring", 0.0)
        if backup.is_dump:
            programs = laboratory.bin_dir or EMBEDDED_PROGRAMS
            make_empty_cluster(programs, data)
            with scratch_server(programs, data) as url:
                restore_dump(programs, backup, url, _roles(source))
                seen.checked.append("dump restored to its end without an error")
                yield url
            return
        put_back(backup, data)
        programs = programs_of(data, laboratory.bin_dir)
        if verify_manifest(programs, data):
            seen.checked.append("every file is as the manifest says")
        with scratch_server(programs, data, recovery_options(backup, data)) as url:
            seen.checked.append("recovered to its end")
            yield url


def _database(url: str, wanted: str) -> str:
    """Choose what to examine of a restored server: the source's namesake, or else the largest."""
    with closing(psycopg.connect(url)) as connection:
        row = connection.execute(
            "select datname from pg_database where datallowconn and not datistemplate "
            "order by datname = %s desc, pg_database_size(oid) desc limit 1",
            [wanted],
        ).fetchone()
    return str(row[0]) if row else "postgres"


def _roles(source: Connection) -> list[str]:
    rows = source.execute("select rolname from pg_roles where rolname not like 'pg\\_%'").fetchall()
    return [row["rolname"] for row in rows]


def _ignored(source: Connection) -> frozenset[str]:
    row = source.execute(
        "select value from maint.settings where name = 'restore_ignores'"
    ).fetchone()
    return frozenset((row["value"] or "").replace(",", " ").split()) if row else frozenset()
