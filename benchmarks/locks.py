"""Ways to hold a lock while a session works: what taking it costs, and what vacuum can still do.

`python -m benchmarks.locks` prints the table of docs/decisions/0025-who-may-hold-a-lock.md, on an
embedded server of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import psutil

from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.installation.install import install

ROUNDS = 9
TIMES = 1000
ROWS = 100_000


class Way(NamedTuple):
    """One way: how it takes and gives back, on a connection."""

    name: str
    take: Callable[[Connection], object]
    give_back: Callable[[Connection], object]


def _begin(statement: bytes) -> Callable[[Connection], object]:
    def take(connection: Connection) -> None:
        connection.execute(b"begin")
        connection.execute(statement)

    return take


def _run(statement: bytes) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(statement)


WAYS = (
    Way("advisory lock", _run(b"select pg_try_advisory_lock(1)"),
        _run(b"select pg_advisory_unlock(1)")),
    Way("row that names a session", _run(b"select maint.try_lock('x')"),
        _run(b"select maint.unlock('x')")),
    Way("table locked in a transaction", _begin(b"lock table maint.bench in exclusive mode nowait"),
        _run(b"commit")),
    Way("row locked in a transaction",
        _begin(b"select from maint.bench where i = 1 for update nowait"), _run(b"commit")),
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder, _database(folder) as url:
        costs: dict[str, list[tuple[float, float]]] = {way.name: [] for way in WAYS}
        for number in range(ROUNDS):
            for way in WAYS if number % 2 else reversed(WAYS):
                costs[way.name].append(_cost(url, way))
        print(f"{'':32}{'ms':>8}{'CPU ms':>8}  xid  snapshot  dead rows left of {ROWS:,}")
        for way in WAYS:
            columns = zip(*costs[way.name], strict=True)
            wall, cpu = (1000 * median(column) / TIMES for column in columns)
            xid, snapshot, left = _held(url, way)
            held = f"{'yes' if xid else 'no':>5}{'yes' if snapshot else 'no':>10}{left:>11,}"
            print(f"{way.name:32}{wall:8.3f}{cpu:8.3f}{held}")


@contextmanager
def _database(folder: str) -> Iterator[str]:
    with embedded_server(Path(folder)) as server:
        url = server.url("postgres")
        install(url)
        with closing(connect(url, application_name="bench")) as connection:
            connection.execute("create table maint.bench as select 1 as i")
        yield url


def _cost(url: str, way: Way) -> tuple[float, float]:
    """Take and give back many times: seconds, and seconds of the server's process."""
    with closing(connect(url, application_name="bench")) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        before, started = backend.cpu_times(), perf_counter()
        for _ in range(TIMES):
            way.take(connection)
            way.give_back(connection)
        after, wall = backend.cpu_times(), perf_counter() - started
    return wall, after.user + after.system - before.user - before.system


def _held(url: str, way: Way) -> tuple[object, object, int]:
    """Hold it while rows die and vacuum comes: what the holder has open, and dead rows left."""
    with (
        closing(connect(url, application_name="bench")) as holder,
        closing(connect(url, application_name="bench", as_owner=False)) as other,
    ):
        way.take(holder)
        session = other.execute(
            "select backend_xid, backend_xmin from pg_stat_activity where pid = %s",
            [holder.info.backend_pid],
        ).fetchone()
        assert session is not None
        other.execute("drop table if exists churn")
        other.execute(f"create table churn as select generate_series(1, {ROWS}) as i".encode())
        other.execute("delete from churn")
        notices: list[str] = []
        other.add_notice_handler(lambda notice: notices.append(str(notice.message_primary)))
        other.execute("vacuum (verbose) churn")
        way.give_back(holder)
    (tuples,) = [line for line in "\n".join(notices).splitlines() if line.startswith("tuples:")]
    left = int(tuples.split("remain, ")[1].split(" ")[0])
    return session["backend_xid"], session["backend_xmin"], left


if __name__ == "__main__":
    main()
