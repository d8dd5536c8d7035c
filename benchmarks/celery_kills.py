"""Everything that does runs through Celery, killed at random moments: is each database done once?

    python -m benchmarks.celery_kills [KILLS] [DATABASES]

Two workers with two processes each and two daemons do `verify_backup_health` in the databases of a
registry, round after round, in runs over 50. A process of a run, a worker with all of its own, its
main process alone or a daemon dies (SIGKILL) at random moments and is started again, as by systemd,
until so many have died. After each round every database has to be done exactly once more.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

from tests.celery_fleet import celery_fleet
from tests.conftest import make_template, memory, passing_server

KILLS = 50
DATABASES = 150
KILLS_OF_A_ROUND = 8


def main() -> None:
    """Kill, and print after each round."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    databases = int(sys.argv[2]) if len(sys.argv) > 2 else DATABASES
    with tempfile.TemporaryDirectory(prefix="maint-bench-", dir=memory()) as name:
        folder = Path(name) / "celery"
        folder.mkdir()
        home = Path(name) / "server"
        with passing_server(home) as url, closing(psycopg.connect(url, autocommit=True)) as admin:
            # Whoever listens has a session in each database, and a killed one leaves its own.
            admin.execute(sql.SQL("alter system set max_connections = {}").format(8 * databases))
        with passing_server(home) as url:
            make_template(url)
            with celery_fleet(folder, url, databases) as fleet:
                goal = 0
                while (left := kills - fleet.killed.total()) > 0:
                    goal, began = goal + 1, time.monotonic()
                    fleet.round_with_kills(goal, min(left, KILLS_OF_A_ROUND))
                    done, taken = dict(fleet.done()), time.monotonic() - began
                    killed = dict(fleet.killed)
                    print(f"round {goal}: {done} in {taken:.0f} s; killed {killed}", flush=True)
                    assert done == {goal: databases}, done


if __name__ == "__main__":
    main()
