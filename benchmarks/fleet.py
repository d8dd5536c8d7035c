"""`maint fleet` over many databases of one server, beside one that asks them one after the other.

    python -m benchmarks.fleet [DATABASES] [ROUNDS]

The databases are copies of one that is migrated. Seconds from the start of the command to its end,
and CPU seconds of the command alone; the server's are on the same cores.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application

DATABASES, ROUNDS = 100, 2


def seconds_of(registry: Path, *options: str) -> tuple[float, float]:
    """Run `maint fleet`, and give its wall time and its CPU time."""
    variables = {**os.environ, "MAINT_DATABASES_FILE": str(registry)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", "fleet", "--json", *options],
        stdout=subprocess.DEVNULL, env=variables,
    )  # fmt: skip
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime


@contextmanager
def fleet_of(count: int, connections: int = 100) -> Iterator[tuple[str, Path]]:
    """Give the URL of a server with so many migrated databases, and a registry that finds them."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        data = Path(folder) / "server"
        with embedded_server(data) as running:
            with closing(psycopg.connect(running.url("postgres"), autocommit=True)) as admin:
                admin.execute("alter system set fsync = off")
                admin.execute(sql.SQL("alter system set max_connections = {}").format(connections))
        with embedded_server(data) as running:
            _make(running, count)
            registry = Path(folder) / "databases.toml"
            registry.write_text(
                f"[[discover]]\nname = 'here'\nurl = '{running.url('postgres')}'\n"
                "include = '^fleet_[0-9]+$'\n"
            )
            yield running.url("postgres"), registry


def _make(running: EmbeddedServer, count: int) -> None:
    with closing(psycopg.connect(running.url("postgres"), autocommit=True)) as admin:
        admin.execute("create database fleet_template")
        template = running.url("fleet_template")
        with closing(psycopg.connect(template, autocommit=True)) as application:
            create_sample_application(application)
        install(template)
        for number in range(count):
            name = sql.Identifier(f"fleet_{number:04}")
            admin.execute(
                sql.SQL("create database {} template fleet_template strategy file_copy").format(
                    name
                )
            )


def main() -> None:
    """Measure, and print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DATABASES
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with fleet_of(count) as (_, registry):
        ways: dict[str, tuple[str, ...]] = {
            "8 at once": (), "2 at once": ("--at-once", "2"), "one by one": ("--at-once", "1"),
        }  # fmt: skip
        for way, options in ways.items():
            found = [seconds_of(registry, *options) for _ in range(rounds)]
            wall, cpu = zip(*found, strict=True)
            print(
                f"{count} databases, {way:11} lowest {min(wall):.2f} s, median "
                f"{statistics.median(wall):.2f} s; CPU of the command {min(cpu):.2f} s"
            )


if __name__ == "__main__":
    main()
