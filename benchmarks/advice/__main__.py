"""Advice for a help desk with row security, beside what other advisers' rules propose.

    python -m benchmarks.advice [ROWS]

Measures the hour of `helpdesk` on a copy of the database for each contender, whose advice is
followed there, and prints buffers, index bytes, and queries that are worse than without advice.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import psycopg

from benchmarks.advice.helpdesk import HOUR, READS, Ask, make, users
from benchmarks.advice.measured import Cost, buffers_of, measure, target_of
from benchmarks.advice.peers import dexter, index_advisor
from benchmarks.data import copy_of, server
from maint_pipeline.advice.advise import Request, advise
from maint_pipeline.advice.describe import statement_of
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.planner import planner
from maint_pipeline.advice.proposals import INDEX, POLICY
from maint_pipeline.advice.what_if import Machine, what_if_server
from maint_pipeline.advice.workload import FILE, Query, Workload
from maint_pipeline.database.embedded import ensure_database

ROWS = 600_000
WORSE, BLOCKS = 1.1, 5
"""A query is worse from this ratio, and this many buffers more."""


def main() -> None:
    """Measure, and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with server() as running, tempfile.TemporaryDirectory() as folder:
        ensure_database(running, "helpdesk")
        url = running.url("helpdesk")
        make(url, rows)
        everybody = users(url)
        before = measure(url, HOUR, everybody)
        target, load = target_of(url), workload_of(before)
        began = time.perf_counter()
        found = advise(Request(url, Machine(Path(folder))), target, load)
        took = time.perf_counter() - began
        with what_if_server(url, target, Machine(Path(folder), 3600)) as made:
            bench = Bench(made)
            theirs = {
                name: _indexes(bench, rule)
                for name, rule in (("Dexter's rules", dexter), ("index_advisor's", index_advisor))
            }
        ours = [p.statement for p in found.proposals if p.kind in (INDEX, POLICY)]
        print(f"our advice took {took:.1f} s, {found.planned:,} plans")
        contenders = {"nobody": [], **theirs, "maint advise": ours}
        results = {}
        for name, statements in contenders.items():
            with copy_of(running, "helpdesk") as copy:
                size = follow(copy, statements)
                results[name] = (measure(copy, HOUR, everybody), size)
                print(f"\n{name}:", *statements, sep="\n  ", flush=True)
        show(results)


def _indexes(bench: Bench, rule: Callable[..., list[Index]]) -> list[str]:
    with planner(bench.made) as asks:
        indexes = rule(bench, asks, [ask.text for ask in HOUR])
    return [statement_of(index, f"theirs_{n}") for n, index in enumerate(indexes, 1)]


def workload_of(costs: Mapping[Ask, Cost]) -> Workload:
    """Give the hour as pg_stat_statements would have it."""
    queries = [
        Query(str(n), ask.text, ask.role, ask.calls, ask.calls * cost.milliseconds)
        for n, (ask, cost) in enumerate(costs.items())
    ]
    return Workload(FILE, queries, 1.0, "measured")


def follow(url: str, statements: list[str]) -> int:
    """Follow advice; give the bytes of the indexes that were made."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        size = "select sum(pg_indexes_size(oid)) from pg_class where relkind = 'r'"
        before = connection.execute(size.encode()).fetchone()
        for statement in statements:
            connection.execute(statement.replace(" concurrently", "").encode())
        connection.execute("vacuum (analyze)")
        after = connection.execute(size.encode()).fetchone()
    assert before is not None and after is not None
    return int(after[0] - before[0])


def show(results: Mapping[str, tuple[dict[Ask, Cost], int]]) -> None:
    """Print a line for each query, and the sums."""
    names = list(results)
    print("\nbuffers of a call", *(f"{name:>18}" for name in names))
    for ask in HOUR:
        figures = [f"{results[name][0][ask].buffers:>18,.0f}" for name in names]
        print("".join(figures), f"  {ask.calls:>5}/h  {ask.text[:90]}")
    before = results["nobody"][0]
    ours = buffers_of(results["maint advise"][0])
    for name, (costs, size) in results.items():
        worse = [ask for ask in READS if _is_worse(costs[ask], before[ask])]
        worst = max(cost.worst_ms for ask, cost in costs.items())
        print(
            f"{name:18} {buffers_of(costs) / 1e6:8.2f} million buffers an hour, "
            f"{size / 1e6:7.1f} MB of indexes, {len(worse)} reads worse, "
            f"slowest call {worst:,.0f} ms, ours to it {ours / buffers_of(costs):.4f}"
        )


def _is_worse(after: Cost, before: Cost) -> bool:
    return after.buffers > before.buffers * WORSE and after.buffers - before.buffers > BLOCKS


if __name__ == "__main__":
    main()
