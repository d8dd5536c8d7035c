"""A ledger of many years: what is asked of it at each tick, run, scrape and page.

python -m benchmarks.ledger [ROWS]

Fills public.maintenance_task_runs with ROWS (10 million) runs of 12 tasks over five years, one of
which has failed since its first run, and prints how long each question takes and whether it read
the whole table.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.installation.install import install
from maint_pipeline.ops import all_tasks
from maint_pipeline.reports.figures import collect
from maint_pipeline.reports.health import check_health, health_figures
from maint_pipeline.reports.metrics import MaintenanceCollector
from maint_pipeline.sample import create_sample_application
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from maint_pipeline.task_runs.rows import close_lost_runs

DEFAULT_ROWS = 10_000_000
FILL = """
insert into public.maintenance_task_runs
    (task_name, started_at, finished_at, status, details, error_message, dagster_run_id, parent_id)
select
    (array['run_automated_security_checks', 'cleanup_old_audit_logs', 'cleanup_old_security_alerts',
        'verify_backup_health', 'cleanup_expired_rows', 'verify_restore', 'maintenance_health',
        'prune_dagster_history', 'send_weekly_report', 'update_security_alert',
        'cleanup_expired_rows:sessions', 'always_failing'])[1 + i %% 12],
    at, at + interval '3 seconds',
    case when i %% 12 = 11 then 'failed' when i %% 12 = 5 then 'skipped'
        when i %% 101 = 0 then 'failed' else 'completed' end,
    case when i %% 7 = 0 then '{"dry_run": true}' else '{"deleted_count": 40}' end::jsonb,
    case when i %% 12 = 11 then 'no' end,
    gen_random_uuid()::text,
    case when i %% 12 = 10 then gen_random_uuid() end
from generate_series(1, %(rows)s) as i
cross join lateral (select now() - interval '5 years' * (i::float8 / %(rows)s) as at) as moment
"""
SCANS = """
select coalesce(sum(seq_scan), 0)::integer as scans from pg_stat_user_tables
where relid = 'public.maintenance_task_runs'::regclass
"""

Question = Callable[[Connection, str], Any]
QUESTIONS: dict[str, Question] = {
    "history of 7 days, of an SQL function": lambda connection, url: connection.execute(
        "select * from public.get_maintenance_task_history(7)"
    ).fetchall(),
    "latest runs": lambda connection, url: connection.execute(
        "select * from maint.latest_runs"
    ).fetchall(),
    "look for lost runs, every 4 s": lambda connection, url: close_lost_runs(connection),
    "look for failed tasks, every 10 s": lambda connection, url: sync_failed_tasks(
        connection, all_tasks()
    ),
    "look for missed runs, every minute": lambda connection, url: missed_runs(
        connection, all_tasks().values(), Settings(), datetime.now(UTC)
    ),
    "the row of a Dagster run": lambda connection, url: connection.execute(
        "select id from public.maintenance_task_runs where dagster_run_id = any(%s)",
        [["00000000-0000-0000-0000-000000000000"]],
    ).fetchall(),
    "a run, begun and ended": lambda connection, url: run_recorded(
        url, "maintenance_health", RunContext("cli"), lambda run: {}
    ),
    "metrics": lambda connection, url: list(
        MaintenanceCollector(lambda: closing(connect(url, application_name="bench"))).collect()
    ),
    "health": lambda connection, url: (health_figures(connection), check_health(connection)),
    "weekly report": lambda connection, url: collect(connection, 7, "UTC"),
    "a month of maint.task_runs_by_day": lambda connection, url: connection.execute(
        "select * from maint.task_runs_by_day where day > current_date - 30"
    ).fetchall(),
    "eight weeks of maint.failures_by_week": lambda connection, url: connection.execute(
        "select * from maint.failures_by_week where week > current_date - 56"
    ).fetchall(),
}


def main() -> None:
    """Fill the ledger, ask each question three times, and print the best."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_ROWS
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        with embedded_server(Path(folder) / "server") as server:
            url = server.url("postgres")
            with closing(psycopg.connect(url, autocommit=True)) as application:
                create_sample_application(application)
                install(url)
                began = time.perf_counter()
                application.execute(FILL, {"rows": rows})
                application.execute("vacuum analyze public.maintenance_task_runs")
                print(f"{rows:,} runs written in {time.perf_counter() - began:.0f} s")
            with closing(connect(url, application_name="benchmark")) as connection:
                for name, question in QUESTIONS.items():
                    _ask(connection, url, name, question)


def _ask(connection: Connection, url: str, name: str, question: Question) -> None:
    times = []
    before = scans(connection)
    for _ in range(3):
        began = time.perf_counter()
        question(connection, url)
        times.append(time.perf_counter() - began)
    words = f"first {times[0]:.3f} s, then {min(times[1:]):.3f} s"
    print(f"{name}: {words}, {scans(connection) - before} scans of the table", flush=True)


def scans(connection: Connection) -> int:
    """Give how often the ledger was read from end to end, by ended sessions and this one."""
    connection.execute("select pg_stat_force_next_flush()")
    row = connection.execute(SCANS).fetchone()
    assert row is not None
    return int(row["scans"])


if __name__ == "__main__":
    main()
