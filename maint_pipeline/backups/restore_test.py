"""The restore test: a backup is restored in a sandbox, examined, and thrown away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from maint_pipeline.backups.contents import programs_for, read_contents
from maint_pipeline.backups.dumps import DATABASE, check_digest, make_empty_cluster, restore_dump
from maint_pipeline.backups.errors import BackupUnusableError, NoSandboxError
from maint_pipeline.backups.integrity import IntegrityReport, compare_with_source, examine
from maint_pipeline.backups.isolation import protects_files, strongest
from maint_pipeline.backups.physical import (
    programs_of,
    recovery_settings,
    restore_data_directory,
    verify_manifest,
)
from maint_pipeline.backups.scratch import Scratch, scratch_folder
from maint_pipeline.backups.scratch_server import ScratchServer, scratch_server
from maint_pipeline.backups.sources import Backup
from maint_pipeline.database.connection import Connection

PROVEN, PROVEN_IN_PART, NOT_PROVEN = "proven", "proven in part", "not proven"

_PROBLEMS_KEPT = 20


@dataclass(frozen=True)
class RestoreTest:
    """What a try to restore a backup showed.

    Attributes:
        problem: why the backup is not proven; None when it is.
        left_out: rows with `object, reason`: what did not come back and holds no row of the
            application.
        details: for people and the ledger; JSON values.
        tables: rows with `table, restored_rows, source_rows`, or `table, rows, newest`.
    """

    backup: Backup
    started_at: datetime
    finished_at: datetime
    problem: str | None
    newest_row_at: datetime | None
    row_count: int
    left_out: list[dict[str, str]] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    tables: list[dict[str, Any]] = field(default_factory=list)

    @property
    def result(self) -> str:
        """Return whether the backup is `proven`, `proven in part` or `not proven`."""
        if self.problem:
            return NOT_PROVEN
        return PROVEN_IN_PART if self.left_out else PROVEN


@dataclass(frozen=True)
class RestoreEnvironment:
    """Where backups are tried.

    Attributes:
        scratch: the folder in which a restore may take disk.
        bin_dir: PostgreSQL's programs; None: the machine's own of a fitting version, or else the
            embedded ones.
        report: called with the step and the fraction of it that is done.
    """

    scratch: Path
    bin_dir: Path | None = None
    report: Callable[[str, float], None] = lambda step, fraction: None


@dataclass
class _Findings:
    """What is known so far."""

    report: IntegrityReport = field(default_factory=IntegrityReport)
    left_out: list[dict[str, str]] = field(default_factory=list)


def try_restore(backup: Backup, environment: RestoreEnvironment, source: Connection) -> RestoreTest:
    """Restore a backup into a scratch server, examine it, and throw it away.

    Args:
        backup: which one.
        environment: where, with what.
        source: the application database, to compare with.

    Returns:
        What that showed.

    Raises:
        UsageError: it could not be tried: not enough disk, no programs, no sandbox for it.
    """
    started_at = datetime.now(UTC)
    _refuse_without_sandbox(backup)
    found, tables, problem = _Findings(), [], None
    try:
        with _restored(backup, environment, source, found) as (server, scratch):
            dbname = DATABASE if backup.is_dump else _database(server, source.info.dbname)
            seen = examine(server, dbname, lambda done: environment.report("examining", done))
            scratch.sandbox.check()
            seen.checked[:0] = found.report.checked
            seen.problems[:0] = found.report.problems
            found.report = seen
            tables = compare_with_source(seen, source, _ignored(source))
    except BackupUnusableError as error:
        found.report.problems.append(str(error))
    seen = found.report
    problem = "; ".join(seen.problems[:_PROBLEMS_KEPT]) or None
    return RestoreTest(
        backup=backup,
        started_at=started_at,
        finished_at=datetime.now(UTC),
        problem=problem,
        newest_row_at=seen.newest_row_at,
        row_count=seen.row_count,
        left_out=found.left_out,
        details={
            "kind": backup.kind,
            "sandbox": strongest(),
            "checked": seen.checked,
            "problems": seen.problems,
            "left_out": found.left_out,
        },
        tables=tables or [{**row, "newest": str(row["newest"] or "")} for row in seen.tables],
    )


def record(connection: Connection, test: RestoreTest) -> None:
    """Keep a restore test in `maint.restore_tests`.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        test: however it ended; one that is proven in part counts as proven.
    """
    connection.execute(
        "insert into maint.restore_tests (source, backup, taken_at, bytes, started_at, "
        "finished_at, is_proven, problem, newest_row_at, row_count, details) "
        "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)",
        [
            test.backup.source, test.backup.name, test.backup.taken_at, test.backup.bytes,
            test.started_at, test.finished_at, test.problem is None, test.problem,
            test.newest_row_at, test.row_count,
            json.dumps({"result": test.result, **test.details}),
        ],
    )  # fmt: skip


def _refuse_without_sandbox(backup: Backup) -> None:
    """Refuse what could bring code of its own, or names of our files, where nothing holds it."""
    if backup.kind in ("custom", "tar", "plain") or protects_files(strongest()):
        return
    thing = "A dump in directory format" if backup.is_dump else "A copy of a data folder"
    raise NoSandboxError(
        f"{thing} may contain code that reads this machine's files, and nothing here would stop "
        "it. Install bubblewrap, or run verify_restore as root or on a kernel with Landlock; a "
        "dump of pg_dump -Fc can be tried anywhere."
    )


@contextmanager
def _restored(
    backup: Backup, environment: RestoreEnvironment, source: Connection, found: _Findings
) -> Iterator[tuple[ScratchServer, Scratch]]:
    """Give a scratch server that holds the backup."""
    checked = found.report.checked
    with scratch_folder(environment.scratch, backup.needed_bytes, environment.bin_dir) as scratch:
        environment.report("restoring", 0.0)
        if backup.is_dump:
            check_digest(backup.path)
            contents = read_contents(scratch, backup, environment.bin_dir)
            programs = programs_for(contents, environment.bin_dir)
            make_empty_cluster(programs, scratch)
            with scratch_server(scratch, programs) as server:
                failures = restore_dump(
                    scratch, server, programs, backup, contents=contents, roles=_roles(source)
                )
                found.left_out += failures.left_out
                found.report.problems += failures.problems
                checked.append("dump restored to its end, without owners and privileges")
                yield server, scratch
            return
        restore_data_directory(backup, scratch)
        programs = programs_of(scratch.data, environment.bin_dir)
        if verify_manifest(programs, scratch):
            checked.append("every file is as the manifest says")
        with (
            recovery_settings(backup, scratch) as settings,
            scratch_server(scratch, programs, settings) as server,
        ):
            checked.append("recovered to its end")
            yield server, scratch


def _database(server: ScratchServer, wanted: str) -> str:
    """Choose what to examine of a restored server: the source's namesake, or else the largest."""
    with closing(server.connect("postgres")) as connection:
        row = connection.execute(
            "select datname from pg_database where datallowconn and not datistemplate "
            "order by datname = %s desc, pg_database_size(oid) desc limit 1",
            [wanted],
        ).fetchone()
    return str(row["datname"]) if row else "postgres"


def _roles(source: Connection) -> list[str]:
    rows = source.execute("select rolname from pg_roles where rolname not like 'pg\\_%'").fetchall()
    return [row["rolname"] for row in rows]


def _ignored(source: Connection) -> frozenset[str]:
    row = source.execute(
        "select value from maint.settings where name = 'restore_ignores'"
    ).fetchone()
    return frozenset((row["value"] or "").replace(",", " ").split()) if row else frozenset()
