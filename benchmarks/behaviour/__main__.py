"""Recall, precision and false alarms of the checks of behaviour.

python -m benchmarks.behaviour [--seeds 101 102] [--tenants 15] [--days 28] [--every 1] [--list]
"""

from __future__ import annotations

import argparse
from contextlib import closing

import psycopg

from benchmarks.behaviour.replay import make_history, prepare, replay
from benchmarks.behaviour.report import print_report
from benchmarks.behaviour.score import Score, add
from benchmarks.data import server
from maint_pipeline.database.embedded import ensure_database


def main() -> None:
    """Make the histories of all seeds, let the checks run through them, and print what they saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102])
    parser.add_argument("--tenants", type=int, default=15)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--of-each", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="hours between runs")
    parser.add_argument("--list", action="store_true", help="each false alarm and missed attack")
    options = parser.parse_args()
    score = Score()
    with server() as running:
        with closing(psycopg.connect(running.url("postgres"), autocommit=True)) as admin:
            # Nothing here is timed, and nothing has to outlive the machine.
            admin.execute("alter system set fsync = off")
            admin.execute("select pg_reload_conf()")
        for seed in options.seeds:
            history = make_history(seed, options.tenants, options.days, options.of_each)
            ensure_database(running, f"seed_{seed}")
            url = running.url(f"seed_{seed}")
            prepare(url, history)
            add(score, history, replay(url, history, options.every))
            print(f"seed {seed}: {len(history.events):,} rows, {len(history.world.users)} users, "
                  f"recall so far {score.recall:.2f}", flush=True)  # fmt: skip
    print_report(score, details=options.list)


if __name__ == "__main__":
    main()
