"""A purge of 1 % a day of a table whose rows are not in the order of time, beside one DELETE.

CPU seconds of all sessions and of this process, in turns, on the same day of two copies of a table:
with a BRIN and with a B-tree index on the time, and without one.

    python -m benchmarks.random_heap [ROWS [DAYS]]
"""

from __future__ import annotations

import sys
import time
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from statistics import median

import psutil
import psycopg

from benchmarks.data import copy_of, create_source, server
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge

ROWS = 3_000_000
DAYS = 5
POLICY = "cleanup_old_audit_logs"
SHUFFLE = """
create table public.shuffled as select * from public.audit_logs order by md5(id::text);
truncate public.audit_logs;
set session_replication_role = replica;
insert into public.audit_logs select * from public.shuffled;
reset session_replication_role;
drop table public.shuffled;
vacuum analyze public.audit_logs;
"""
INDEXES = {
    "brin": "",
    "btree": "create index audit_logs_time_idx on public.audit_logs (time)",
    "none": "",
}


def children_cpu(running: EmbeddedServer) -> float:
    """CPU seconds of all the server's sessions, ended ones too."""
    with closing(psycopg.connect(running.url("postgres"), autocommit=True)) as admin:
        row = admin.execute("select current_setting('data_directory')").fetchone()
    assert row is not None
    postmaster = psutil.Process(int((Path(row[0]) / "postmaster.pid").read_text().split()[0]))
    times = postmaster.cpu_times()
    alive = 0.0
    for child in postmaster.children():
        with suppress(psutil.NoSuchProcess):
            alive += sum(child.cpu_times()[:2])
    return alive + times.children_user + times.children_system


def by_delete(url: str, age: float) -> int:
    """Delete a day in one statement."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        deleted = connection.execute(
            "delete from public.audit_logs where time < now() - make_interval(secs => %s)", [age]
        ).rowcount
    return deleted


def by_purge(url: str, age: float) -> int:
    """Purge a day at full duty."""
    with closing(connect(url, application_name="bench")) as connection:
        result = Purge(
            POLICY, keep=timedelta(seconds=age), duty=1.0, owner_url=url, vacuum=False
        ).run(connection)
    return int(result["deleted_count"])


def main() -> None:
    """Measure, and print the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    days = int(sys.argv[2]) if len(sys.argv) > 2 else DAYS
    with server() as running:
        create_source(running, "source", rows, days=100)
        with closing(psycopg.connect(running.url("source"), autocommit=True)) as connection:
            for statement in SHUFFLE.strip().split(";\n"):
                connection.execute(statement.encode())
        for name, statement in INDEXES.items():
            with copy_of(running, "source", "a") as ours, copy_of(running, "source", "b") as theirs:
                for url in (ours, theirs):
                    with closing(psycopg.connect(url, autocommit=True)) as connection:
                        if name == "none":
                            connection.execute("drop index audit_logs_time_brin_idx")
                        if statement:
                            connection.execute(statement.encode())
                ratios = []
                for day in range(days):
                    age = (100 - day - 1) * 86400.0
                    costs = {}
                    turns = ((by_purge, ours), (by_delete, theirs))
                    for contender, url in turns if day % 2 else reversed(turns):
                        before = children_cpu(running) + time.process_time()
                        deleted = contender(url, age)
                        time.sleep(1)  # its session's CPU is counted when it has ended
                        costs[contender] = children_cpu(running) + time.process_time() - before
                        with closing(psycopg.connect(url, autocommit=True)) as connection:
                            connection.execute("analyze public.audit_logs")
                    ratios.append(costs[by_purge] / costs[by_delete])
                    print(f"  {name} day {day}: {deleted} rows, CPU purge {costs[by_purge]:.2f} s, "
                          f"DELETE {costs[by_delete]:.2f} s", flush=True)  # fmt: skip
            print(f"{name}: CPU of the purge to the DELETE's, median {median(ratios):.2f}")


if __name__ == "__main__":
    main()
