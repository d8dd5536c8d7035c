"""The state of maintenance: metrics to follow over time, and health checks with their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.retention.tables import TableState, tables_under_retention

_FIGURES = """
select
    coalesce(sum(open) filter (where severity = 'critical'), 0)::integer as open_alerts_critical,
    coalesce(sum(open) filter (where severity = 'high'), 0)::integer as open_alerts_high,
    coalesce(sum(open) filter (where severity = 'medium'), 0)::integer as open_alerts_medium,
    coalesce(sum(open) filter (where severity = 'low'), 0)::integer as open_alerts_low,
    (select without_backup from maint.backup_state) as organizations_without_backup,
    (select overdue from maint.backup_state) as backups_overdue,
    (select extract(epoch from now() - last_proven_at) / 3600 from maint.backup_state)::float8
        as hours_since_proven_restore,
    (select sum(completed)::float8 / nullif(sum(completed + failed), 0)
        from maint.task_runs_by_day where day > current_date - 7) as success_rate_of_7_days,
    (select coalesce(sum(failed), 0)::integer from maint.task_runs_by_day
        where day > current_date - 7) as failed_runs_of_7_days,
    (select coalesce(sum(rows_deleted), 0)::bigint from maint.run_figures
        where started_at > now() - interval '1 day')
        as rows_deleted_of_24_hours
from maint.alert_state
"""
_SIZES = """
select table_name || '_bytes' as name, max(pg_total_relation_size(table_oid))::bigint as bytes
from maint.enabled_policies
cross join lateral to_regclass(format('%I.%I', table_schema, table_name)) as table_oid
where table_oid is not null
group by table_name
"""
_STATE = """
select
    (select array_agg(title || ': ' || description order by created_at) from maint.known_alerts()
        where resolved is not true and severity = 'critical' and acknowledged_at is null)
        as critical,
    (select array_agg(format('%s: %s', task_name, split_part(error_message, E'\n', 1))
            order by task_name)
        from maint.latest_runs where is_failing and not is_part) as failed,
    (select array_agg(description order by created_at) from maint.known_alerts()
        where resolved is not true and alert_type = 'missed_run') as missed,
    (select array_agg(check_name || ': ' || problem order by check_name) from maint.check_results
        where status = 'failed') as unevaluated,
    (select array_agg(title || ' (' || count || ')' order by count desc) from (
        select title, count(*) as count from maint.known_alerts()
        where resolved is not true and details ->> 'category' = 'backups' group by title
    ) as of_backups) as backups,
    (select max(finished_at) from maint.restore_tests where is_proven) as proven_at,
    (select max(finished_at) > now() - maint.threshold('restore_unproven', 'within')::interval
        from maint.restore_tests where is_proven) as is_proven_lately,
    (select array_agg(distinct channel || ': ' || coalesce(problem, '')) from maint.notifications
        where state = 'dead') as undelivered
"""
_MOST_NAMED = 5


@dataclass(frozen=True)
class HealthCheck:
    """The result of one health check.

    Attributes:
        name: a key of `HEALTH_CHECKS`.
        ok: whether it passed.
        reason: why, and what to do where it failed.
        is_urgent: whether somebody should act today.
        facts: the figures behind it, by name; JSON values.
    """

    name: str
    ok: bool
    reason: str
    is_urgent: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)


HEALTH_CHECKS = {
    "no_critical_alert": "Fails while a critical alert is open that nobody has acknowledged.",
    "latest_runs_succeeded": "Fails while the latest run of a task is a failed one.",
    "tasks_on_schedule": "Fails while a task has not completed within its schedule.",
    "checks_evaluated": "Fails while a check can't be evaluated.",
    "backups_sound": "Fails while an alert about backups is open.",
    "restore_proven": "Fails while the last restore test that passed is older than the check "
    "restore_unproven allows.",
    "notifications_delivered": "Fails while a notification about an alert could not be delivered.",
    "retention_kept": "Fails while a table has rows long past its retention.",
}


def health_figures(connection: Connection) -> dict[str, int | float]:
    """Give the figures worth following over time; what is not known is left out.

    Args:
        connection: as `maint_owner`.

    Returns:
        Open alerts by severity, organizations without backup, hours since a proven restore, success
        rate (0 to 1) and failures of a week, rows deleted in a day, sizes of tables in bytes.
    """
    figures = fetch_one(connection, _FIGURES)
    sizes = {row["name"]: row["bytes"] for row in connection.execute(_SIZES).fetchall()}
    return {name: value for name, value in (figures | sizes).items() if value is not None}


def check_health(
    connection: Connection, tables: Sequence[TableState] | None = None
) -> list[HealthCheck]:
    """Run the `HEALTH_CHECKS`.

    Args:
        connection: as `maint_owner`.
        tables: those under retention, where the caller has looked at them; None to look now.
    """
    state = fetch_one(connection, _STATE)
    return [
        _none_of(state["critical"], "no_critical_alert", "maint alerts lists them."),
        _none_of(state["failed"], "latest_runs_succeeded", "Their run pages have the errors."),
        _none_of(
            state["missed"], "tasks_on_schedule", "maint doctor says whether the daemon runs."
        ),
        _none_of(
            state["unevaluated"],
            "checks_evaluated",
            "Until they are evaluated, their problems go unnoticed.",
        ),
        _none_of(state["backups"], "backups_sound", "maint alerts lists them."),
        _restore(state),
        _retention(tables_under_retention(connection) if tables is None else tables),
        _none_of(
            state["undelivered"],
            "notifications_delivered",
            "maint notifications retry sends them again.",
        ),
    ]


def _none_of(problems: list[str] | None, name: str, advice: str) -> HealthCheck:
    if not problems:
        return HealthCheck(name, True, "Nothing to report.")
    more = f" and {len(problems) - _MOST_NAMED} more" if len(problems) > _MOST_NAMED else ""
    named = "; ".join(problem[:300] for problem in problems[:_MOST_NAMED])
    return HealthCheck(name, False, f"{named}{more}. {advice}")


def _restore(state: dict[str, Any]) -> HealthCheck:
    name = "restore_proven"
    if state["proven_at"] is None:
        return HealthCheck(
            name, False,
            "No backup has been restored yet. Set MAINT_RESTORE_SOURCE and run "
            "verify_restore.", is_urgent=False,
        )  # fmt: skip
    reason = f"The last successful restore test was at {state['proven_at']:%Y-%m-%d %H:%M %Z}."
    if state["is_proven_lately"]:
        return HealthCheck(name, True, reason)
    advice = "Run verify_restore, and find out why it has not run."
    return HealthCheck(name, False, f"{reason} {advice}")


def _retention(states: Sequence[TableState]) -> HealthCheck:
    """Name the tables whose oldest row is long past its retention."""
    late = [state for state in states if state.is_late]
    facts = {"tables": [state.name for state in states], "late": [state.name for state in late]}
    if not late:
        return HealthCheck("retention_kept", True, "Nothing to report.", facts=facts)
    words = "; ".join(
        f"{state.name} has rows of {state.oldest_at:%Y-%m-%d}, and keeps {state.keep_days:g} days"
        for state in late[:_MOST_NAMED]
    )
    advice = "maint run with the policy's task deletes them; its run page says what stays and why."
    return HealthCheck("retention_kept", False, f"{words}. {advice}", is_urgent=False, facts=facts)
