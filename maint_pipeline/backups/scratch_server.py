"""A scratch server: a PostgreSQL for one restore, which reads no configuration but ours.

Its data may be hostile, and so is whatever it answers.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.scratch import Scratch
from maint_pipeline.database.connection import Connection

START_SECONDS = 3 * 3600
"""Recovery replays all WAL since the backup began."""

SUPERUSER = "postgres"

_LOG_BYTES = 1 << 16
_EVENT_TRIGGERS_SETTING_SINCE = 17
# All settings that count: the data's own configuration files are not read.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "ssl": "off",
    "shared_preload_libraries": "",  # no scheduler, no worker of an extension
    "dynamic_library_path": "$libdir",
    "jit": "off",
    "max_logical_replication_workers": "0",  # subscriptions stay still
    "max_wal_senders": "0",
    "max_connections": "20",
    "archive_mode": "off",
    "archive_command": "",
    "archive_library": "",
    "archive_cleanup_command": "",
    "restore_command": "",
    "recovery_end_command": "",
    "recovery_target": "",
    "recovery_target_lsn": "",
    "recovery_target_name": "",
    "recovery_target_time": "",
    "recovery_target_xid": "",
    "primary_conninfo": "",
    "hot_standby": "off",  # nobody gets in before recovery has ended
    "max_prepared_transactions": "100",
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "2GB",
    "maintenance_work_mem": "128MB",
    "logging_collector": "off",
    "log_destination": "stderr",
    "lc_messages": "C",
}
# A database and a role may bring settings of their own; what a client asks for goes first.
_SESSION = (
    "-c search_path=pg_catalog,pg_temp -c role=none -c client_min_messages=error "
    "-c default_transaction_read_only=off -c statement_timeout=0 -c lock_timeout=60s "
    "-c datestyle=ISO -c timezone=UTC -c max_parallel_workers_per_gather=0"
)
_SUPERUSER_SESSION = f"{_SESSION} -c session_preload_libraries= -c local_preload_libraries="


@dataclass(frozen=True)
class ScratchServer:
    """A running scratch server, of a major version of PostgreSQL."""

    sockets: Path
    version: int

    def connect(self, dbname: str, user: str = SUPERUSER) -> Connection:
        """Open a session that the database's and the role's own settings don't change.

        Args:
            dbname: the database.
            user: the role; only as SUPERUSER nothing that the server holds can load a library.
        """
        options = _SESSION
        if user == SUPERUSER:
            options += " -c session_preload_libraries= -c local_preload_libraries="
            if self.version >= _EVENT_TRIGGERS_SETTING_SINCE:
                options += " -c event_triggers=off"
        return psycopg.connect(
            self.conninfo(dbname, user), autocommit=True, row_factory=dict_row, options=options,
            application_name="maint restore test",
            # A hostile server may ask for a password: there is none for it, from nowhere.
            require_auth="none", password="none", passfile=os.devnull,  # noqa: S106
            sslmode="disable", gssencmode="disable", client_encoding="UTF8", connect_timeout=10,
        )  # fmt: skip

    def conninfo(self, dbname: str, user: str) -> str:
        """Give the connection string for a program in the sandbox."""
        return psycopg.conninfo.make_conninfo(
            host=str(self.sockets), port=5432, dbname=dbname, user=user
        )


@contextmanager
def scratch_server(
    scratch: Scratch, programs: Path, settings: Mapping[str, str] | None = None
) -> Iterator[ScratchServer]:
    """Run a server on the data folder of a scratch folder until the block ends.

    Args:
        scratch: with the data; its configuration is not used.
        programs: PostgreSQL's, of the version that made the data.
        settings: on top of ours.

    Yields:
        The server, after recovery has ended.

    Raises:
        BackupUnusableError: it doesn't start, the end of its log says why; or a limit was reached.
    """
    version = int((scratch.data / "PG_VERSION").read_text())
    server, log = ScratchServer(scratch.sockets, version), scratch.folder / "server.log"
    arguments = _arguments(scratch, version, settings or {})
    with log.open("wb") as output:
        process = scratch.sandbox.start(
            programs / "postgres", *arguments, stdout=output, stderr=output,
            readable=[scratch.folder],
        )  # fmt: skip
        try:
            _wait_until_recovered(process, server, log)
            yield server
        except psycopg.OperationalError as error:
            scratch.sandbox.check()
            if process.poll() is None:
                raise
            raise BackupUnusableError(f"The restored server ended: {_reason(log)}") from error
        finally:
            scratch.sandbox.end(process)


def _arguments(scratch: Scratch, version: int, more: Mapping[str, str]) -> list[str]:
    rules, configuration = scratch.folder / "pg_hba.conf", scratch.folder / "postgresql.conf"
    rules.write_text("local all all trust\n")
    configuration.write_text("")
    for file in (rules, configuration):
        file.chmod(0o644)
    settings = {
        **_SETTINGS,
        **more,
        "config_file": configuration,
        "hba_file": rules,
        "ident_file": configuration,
        "unix_socket_directories": scratch.sockets,
    }
    if version >= _EVENT_TRIGGERS_SETTING_SINCE:
        settings["event_triggers"] = "off"
    words = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return ["-D", str(scratch.data), *words]


def _wait_until_recovered(
    process: subprocess.Popen[bytes], server: ScratchServer, log: Path
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BackupUnusableError(f"The restored server doesn't start: {_reason(log)}")
        try:
            with closing(server.connect("postgres")) as connection:
                row = connection.execute("select pg_is_in_recovery() as recovers").fetchone()
                if row and not row["recovers"]:
                    return
        except psycopg.OperationalError as error:
            if "does not exist" in str(error):  # the role postgres, or that database
                raise BackupUnusableError(f"The restored server has no {error}") from None
        time.sleep(0.2)
    raise BackupUnusableError(f"Recovery has not ended after {START_SECONDS} s: {_reason(log)}")


def _reason(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _LOG_BYTES))
        lines = file.read().decode(errors="replace").splitlines()
    serious = [line for line in lines if "FATAL" in line or "PANIC" in line or "ERROR" in line]
    return " | ".join((serious or lines)[-3:])
