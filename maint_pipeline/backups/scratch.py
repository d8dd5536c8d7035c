"""A scratch server: a PostgreSQL for one restore, reachable by nobody else, gone afterwards.

It runs nothing of what it holds: no scheduled jobs, no subscriptions, no archiving into the real
repository.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from urllib.parse import quote

import psutil
import psycopg

from maint_pipeline.backups.errors import BackupUnusableError, InsufficientSpaceError
from maint_pipeline.database.programs import let_server_user_in, server_user, user_options
from maint_pipeline.processes import end_with_parent

START_SECONDS = 3 * 3600
"""Recovery replays all WAL since the backup began."""

_PREFIX = "restore-"
_SPARE_BYTES = 1 << 28
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "ssl": "off",
    "shared_preload_libraries": "",  # no scheduler, no worker of an extension
    "max_logical_replication_workers": "0",  # subscriptions stay still
    "archive_mode": "off",
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
}


@contextmanager
def scratch_folder(parent: Path, needed_bytes: int) -> Iterator[Path]:
    """Give a folder for a restore, and delete it afterwards.

    What an earlier, killed run left is deleted first.

    Args:
        parent: where to make it; made when missing.
        needed_bytes: how much it has to hold.

    Raises:
        InsufficientSpaceError: the disk has not so much free.
    """
    parent.mkdir(parents=True, exist_ok=True)
    for leftover in parent.glob(f"{_PREFIX}*"):
        _kill_server_of(leftover / "data")
        shutil.rmtree(leftover, ignore_errors=True)
    free = shutil.disk_usage(parent).free
    if free < needed_bytes + _SPARE_BYTES:
        raise InsufficientSpaceError(
            f"Restoring takes about {_mebibytes(needed_bytes + _SPARE_BYTES)} in {parent}, where "
            f"{_mebibytes(free)} are free. Name another folder in MAINT_SCRATCH_DIR."
        )
    folder = Path(mkdtemp(prefix=_PREFIX, dir=parent))
    try:
        let_server_user_in(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_server(
    programs: Path, data: Path, options: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a server on a data folder until the block ends.

    Args:
        programs: PostgreSQL's, of the version that made the data.
        data: the data folder; its configuration is not used, except what makes it recover.
        options: on top of ours.

    Yields:
        libpq URL of its database postgres, as the user postgres, after recovery has ended.

    Raises:
        BackupUnusableError: it doesn't start; the end of its log says why.
    """
    _own(data)
    log = data.parent / "server.log"
    # Paths of sockets are short by law, so it isn't within the data.
    with TemporaryDirectory(prefix="maint-") as sockets:
        let_server_user_in(Path(sockets))
        rules = data.parent / "pg_hba.conf"
        rules.write_text("local all all trust\n")
        (data.parent / "postgresql.conf").write_text("")
        given = {
            **_OPTIONS,
            **(options or {}),
            "config_file": str(data.parent / "postgresql.conf"),
            "hba_file": str(rules),
            "unix_socket_directories": sockets,
        }
        arguments = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
                preexec_fn=lambda: end_with_parent(signal.SIGQUIT),  # noqa: PLW1509
                **user_options(),
            )  # fmt: skip
        try:
            url = f"postgresql://postgres@/postgres?host={quote(sockets, safe='')}"
            _wait_until_recovered(process, url, log)
            yield url
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()


def _wait_until_recovered(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BackupUnusableError(f"The restored server doesn't start: {_reason(log)}")
        try:
            with psycopg.connect(url, connect_timeout=10) as connection:
                row = connection.execute("select pg_is_in_recovery()").fetchone()
                if row and not row[0]:
                    return
        except psycopg.OperationalError as error:
            if "does not exist" in str(error):  # the role postgres, or that database
                raise BackupUnusableError(f"The restored server has no {error}") from None
        time.sleep(0.2)
    raise BackupUnusableError(f"Recovery has not ended after {START_SECONDS} s: {_reason(log)}")


def _reason(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    grave = [line for line in lines if "FATAL" in line or "PANIC" in line or "ERROR" in line]
    return " | ".join((grave or lines)[-3:])


def _own(data: Path) -> None:
    """Give all of the data to the server's user, as it wants it."""
    user = server_user()
    if user is not None:
        for folder, _, files in os.walk(data):
            for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118
                os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    data.chmod(0o700)


def _kill_server_of(data: Path) -> None:
    """End the server of a run that was killed, where the kernel couldn't do it."""
    with suppress(OSError, ValueError, IndexError, psutil.Error):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        if str(data) in process.cmdline():
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)


def _mebibytes(count: int) -> str:
    return f"{count / 1048576:,.0f} MiB"
