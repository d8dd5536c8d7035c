"""A hundred queries of the help desk, asked for advice on the command line: seconds and memory.

    python -m benchmarks.advice.hundred [ROWS]

And sixty indexes and more: their sizes as advice has them, beside those of real ones.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg

from benchmarks.advice.helpdesk import HOUR, make
from benchmarks.advice.measured import target_of
from benchmarks.data import server
from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.what_if import Machine, what_if_server
from maint_pipeline.database.embedded import ensure_database

ROWS = 300_000
COUNT, NEAR = 100, 0.25
COLUMNS = {
    "tickets": ("account_id", "contact_id", "assignee_id", "status", "priority", "created_at"),
    "messages": ("ticket_id", "author_id", "created_at", "is_internal"),
    "events": ("account_id", "ticket_id", "kind", "created_at"),
    "contacts": ("account_id", "email", "name", "created_at"),
    "articles": ("account_id", "title", "is_published"),
    "ticket_tags": ("tag_id", "ticket_id"),
    "reads": ("ticket_id", "user_id", "seen_at"),
    "notifications": ("user_id", "kind", "read_at", "created_at"),
}


def hundred() -> list[dict[str, object]]:
    """Give a workload of a hundred queries: those of the hour, and more on every table."""
    texts = [ask.text for ask in HOUR]
    for table, columns in COLUMNS.items():
        for one, other in itertools.permutations(columns, 2):
            texts.append(f"select * from {table} where {one} = $1 order by {other} limit 30")
            texts.append(f"select count(*) from {table} where {one} = $1 and {other} > $2")
    texts = texts[: len(HOUR)] + texts[len(HOUR) :: 2] + texts[len(HOUR) + 1 :: 2]
    return [
        {"query": text, "role": "authenticated", "calls": 100 + n, "milliseconds": 5000 + 50 * n}
        for n, text in enumerate(texts[:COUNT])
    ]


def memory_of(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for a process; give the most MB that it took, and with all that it started."""
    alone = both = 0.0
    running = psutil.Process(process.pid)
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            alone = max(alone, running.memory_full_info().pss / 1e6)
            total = 0.0
            for each in (running, *running.children(recursive=True)):
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    total += each.memory_full_info().pss / 1e6
            both = max(both, total)
        time.sleep(0.2)
    return alone, both


def advise(url: str, folder: Path) -> None:
    """Ask for advice, and print what it took."""
    (folder / "workload.json").write_text(json.dumps(hundred()))
    environment = {**os.environ, "MAINT_DATABASE_URL": url, "MAINT_HOME": str(folder / "home")}
    began = time.perf_counter()
    asking = subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", "advise", "--json", "--workload",
         folder / "workload.json"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    measured: list[tuple[float, float]] = []
    watcher = threading.Thread(target=lambda: measured.append(memory_of(asking)))
    watcher.start()
    said, basis = asking.communicate()
    seconds = time.perf_counter() - began
    watcher.join()
    print(basis.decode().strip().splitlines()[-1])
    alone, both = measured[0]
    print(
        f"{COUNT} queries: {seconds:.1f} s, {len(json.loads(said))} proposals, {alone:.0f} MB, "
        f"with the what-if server {both:.0f} MB", flush=True,
    )  # fmt: skip


def sizes(url: str, folder: Path) -> None:
    """Make indexes here and there, and print how far their sizes are apart."""
    wanted = [
        Index("public", table, keys)
        for table, columns in COLUMNS.items()
        for keys in [(one,) for one in columns] + list(itertools.permutations(columns, 2))
    ]
    ratios = {}
    with (
        what_if_server(url, target_of(url), Machine(folder, 3600)) as made,
        closing(psycopg.connect(url, autocommit=True)) as connection,
    ):
        bench = Bench(made)
        for index in wanted:
            try:
                blocks = bench.create(index).blocks
            except UnplannableError:  # one that is there already
                continue
            connection.execute(
                f"create index sized on public.{index.table} {index.body()}".encode()
            )
            row = connection.execute("select pg_relation_size('public.sized') / 8192").fetchone()
            connection.execute("drop index public.sized")
            assert row is not None
            if row[0] > 2:
                ratios[f"{index.table} {index.body()}"] = blocks / row[0]
    far = {name: round(ratio, 2) for name, ratio in ratios.items() if abs(ratio - 1) > NEAR}
    within = 1 - len(far) / len(ratios)
    print(f"{len(ratios)} B-trees, {within:.1%} within {NEAR:.0%} of the real; others: {far}")


def main() -> None:
    """Measure, and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with server() as running, tempfile.TemporaryDirectory() as folder:
        ensure_database(running, "helpdesk")
        make(running.url("helpdesk"), rows)
        advise(running.url("helpdesk"), Path(folder))
        sizes(running.url("helpdesk"), Path(folder, "scratch"))


if __name__ == "__main__":
    main()
