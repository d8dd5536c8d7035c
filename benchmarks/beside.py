"""The application beside a purge of 24 million rows: its latency, and what the purge still does.

In each round, on a fresh copy each: nothing, one DELETE, and a purge at its default and at its
gentle setting, all beside 300 transactions a second; and a DELETE alone. Prints medians, and what
each adds to the 99th percentile of an idle server beside what the DELETE adds.

    python -m benchmarks.beside [ROWS [ROUNDS]]
"""

from __future__ import annotations

import os
import sys
import time
from statistics import median
from typing import NamedTuple

from benchmarks.data import copy_of, create_source, server
from benchmarks.foreground import Foreground
from benchmarks.purge import Contender, one_delete, walk
from maint_pipeline.database.cluster import EmbeddedServer

ROWS = 24_000_000
ROUNDS = 3
GENTLE_DUTY = 0.3
"""What docs/operator.md calls gentle."""


class Beside(NamedTuple):
    """What something did beside the load."""

    p99: float
    """Of the load's transactions, in seconds."""

    rate: float
    """Rows a second; 0 of nothing."""

    longest: float
    """Its longest transaction, in seconds."""


def nothing(_url: str) -> tuple[int, float, float]:
    """Let the load be alone for 20 seconds."""
    time.sleep(20)
    return 0, 20, 0


CONTENDERS = {
    "nothing": nothing,
    "one DELETE": one_delete,
    "maint at its default": walk(0.5),
    "maint, gentle": walk(GENTLE_DUTY),
}


def main() -> None:
    """Measure, and print medians and ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    measured: dict[str, list[Beside]] = {name: [] for name in CONTENDERS}
    alone: list[float] = []
    with server() as running:
        create_source(running, "big", rows)
        for _ in range(rounds):
            with copy_of(running, "big") as url:
                deleted, seconds, _ = one_delete(url)
                alone.append(deleted / seconds)
            for name, contender in CONTENDERS.items():
                measured[name].append(_beside(running, contender))
                print(f"  {name}: {measured[name][-1]}", flush=True)
    results = {
        name: Beside(*(median(values) for values in zip(*of, strict=True)))
        for name, of in measured.items()
    }
    idle, delete = results["nothing"].p99, results["one DELETE"]
    print(f"\n{rows:,} rows, half expired, 300 transactions a second; medians of {rounds} rounds.")
    print(
        f"{'':24}{'p99':>10}{'less idle, to DELETE':>24}{'rate to DELETE beside':>24}"
        f"{'to DELETE alone':>18}{'longest transaction':>22}"
    )
    for name, found in results.items():
        print(
            f"{name:24}{found.p99 * 1000:7.1f} ms"
            f"{(found.p99 - idle) / (delete.p99 - idle):24.3f}{found.rate / delete.rate:24.2f}"
            f"{found.rate / median(alone):18.2f}{found.longest * 1000:19.0f} ms"
        )


def _beside(running: EmbeddedServer, contender: Contender) -> Beside:
    with copy_of(running, "big") as url:
        os.sync()  # the copy itself: a disk that still writes it is no idle one
        with Foreground(url) as load:
            deleted, seconds, longest = contender(url)
        return Beside(load.p99(), deleted / seconds, longest)


if __name__ == "__main__":
    main()
