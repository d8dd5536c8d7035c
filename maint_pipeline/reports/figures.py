"""The figures of a report, from the ledger, the alerts and the restore tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.error_hints import explain
from maint_pipeline.storage.latest import latest_forecasts

Rows = list[dict[str, Any]]
_MOST_GROWERS = 6
"""With the disk."""

_TASKS = """
select task_name, count(*) filter (where status = 'completed' and not is_part) as completed,
    count(*) filter (where status = 'failed' and not is_part) as failed,
    count(*) filter (where status in ('skipped', 'canceled') and not is_part) as other,
    count(*) filter (where status = 'canceled' and not is_part) as canceled,
    coalesce(sum(rows_deleted), 0)::bigint as deleted,
    round(avg(extract(epoch from finished_at - started_at))
        filter (where status = 'completed' and not is_part), 1)::float8 as seconds
from maint.run_figures
where started_at >= now() - make_interval(days => %(days)s)
group by task_name
order by task_name
"""
_FAILED = """
select task_name, started_at, left(error_message, 1000) as error_message
from public.maintenance_task_runs
where started_at >= now() - make_interval(days => %(days)s) and status = 'failed'
order by started_at desc
limit 20
"""
_DAYS = """
select day::date as day,
    count(run.id) filter (where run.status = 'completed' and not run.is_part) as completed,
    count(run.id) filter (where run.status = 'failed' and not run.is_part) as failed,
    count(run.id) filter (where run.status = 'canceled' and not run.is_part) as canceled,
    coalesce(sum(run.rows_deleted), 0)::bigint as deleted,
    (select count(*) from maint.known_alerts() as alert
     where alert.created_at < day + interval '1 day'
        and (alert.resolved is not true or alert.resolved_at >= day + interval '1 day')) as alerts
from generate_series(date_trunc('day', now() at time zone %(zone)s)
        - make_interval(days => %(days)s - 1),
    now() at time zone %(zone)s, interval '1 day') as local (local_day)
cross join lateral (select local_day at time zone %(zone)s as day) as days
left join maint.run_figures as run
    on run.started_at >= day and run.started_at < day + interval '1 day'
group by day
order by day
"""
_ALERTS = """
select severity, title, description, created_at, occurrences
from maint.known_alerts()
where resolved is not true
order by maint.severity_rank(severity), created_at
limit 20
"""
_COUNTS = """
select (select count(*) from maint.known_alerts() where resolved is not true) as open_alerts,
    (select count(*) from public.maintenance_task_runs
     where started_at >= now() - make_interval(days => %(days)s) and status = 'failed')
        as failed_runs,
    (select count(*) from maint.known_alerts()
     where resolved is true and resolved_at >= now() - make_interval(days => %(days)s))
        as resolved_alerts,
    (select without_backup from maint.backup_state) as orgs_without_backup,
    (select overdue from maint.backup_state) as backups_overdue,
    (select failed from maint.backup_state) as failed_backups,
    (select max(finished_at) from maint.restore_tests where is_proven) as last_proven_at
"""


@dataclass(frozen=True)
class Figures:
    """What happened.

    Attributes:
        tasks: rows with `task_name, completed, failed, other` (skipped or canceled)`, canceled,
            deleted, seconds` (mean).
        failed: the latest failed runs: `task_name, started_at, error_message` (its first line)`,
            advice` (what to do, or empty).
        days: rows with `day, completed, failed, canceled, deleted, alerts` (open at the day's end).
        alerts: the most severe open ones: `severity, title, description, created_at, occurrences`.
        counts: `open_alerts, failed_runs, resolved_alerts, orgs_without_backup, backups_overdue,
            failed_backups, last_proven_at`; None where nobody looked.
        storage: the latest forecasts: of the disk first, and of the tables that grow most.
        disk_days: what was on the disk, day by day, in bytes.
    """

    tasks: Rows
    failed: Rows
    days: Rows
    alerts: Rows
    counts: dict[str, Any]
    storage: Rows
    disk_days: list[tuple[date, float]]


def collect(connection: Connection, days: int, time_zone: str) -> Figures:
    """Collect the figures of the last days.

    Args:
        connection: as `maint_owner`.
        days: how many, today included.
        time_zone: IANA name of the zone in which days begin.
    """
    # Imported here: numpy takes a tenth of a second, which no other command should wait.
    from maint_pipeline.storage.history import disk_days  # noqa: PLC0415

    given = {"days": days, "zone": time_zone}
    return Figures(
        tasks=connection.execute(_TASKS, given).fetchall(),
        failed=[_explained(row) for row in connection.execute(_FAILED, given).fetchall()],
        days=connection.execute(_DAYS, given).fetchall(),
        alerts=connection.execute(_ALERTS).fetchall(),
        counts=fetch_one(connection, _COUNTS, given),
        storage=latest_forecasts(connection, _MOST_GROWERS),
        disk_days=disk_days(connection),
    )


def _explained(row: dict[str, Any]) -> dict[str, Any]:
    message, advice = explain(row["error_message"])
    return {**row, "error_message": message[:300], "advice": advice}
