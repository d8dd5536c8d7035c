"""How maintenance is doing: figures worth following, and judgements that say why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one

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
    (select array_agg(task_name || ': ' || coalesce(error_message, '') order by task_name)
        from maint.latest_runs where is_failing and not is_part) as failed,
    (select array_agg(description order by created_at) from maint.known_alerts()
        where resolved is not true and alert_type = 'missed_run') as missed,
    (select array_agg(check_name || ': ' || problem order by check_name) from maint.check_results
        where status = 'failed') as unevaluated,
    (select array_agg(title || ' (' || count || ')' order by count desc) from (
        select title, count(*) as count from maint.known_alerts()
        where resolved is not true and details ->> 'category' = 'backups' group by title
    ) as of_backups) as backups,
    (select max(finished_at) from maint.restore_proofs where is_proven) as proven_at,
    (select max(finished_at) > now() - maint.threshold('restore_unproven', 'within')::interval
        from maint.restore_proofs where is_proven) as is_proven_lately,
    (select array_agg(distinct channel || ': ' || coalesce(problem, '')) from maint.notifications
        where state = 'dead') as undelivered
"""
_MOST_NAMED = 5


@dataclass(frozen=True)
class Judgement:
    """One question about the state of maintenance, answered.

    Attributes:
        name: of the question; see `QUESTIONS`.
        ok: whether all is well.
        words: why, and what to do where it is not.
        is_grave: whether somebody should act today.
    """

    name: str
    ok: bool
    words: str
    is_grave: bool = True


QUESTIONS = {
    "no_critical_alert": "No critical alert is open that nobody has taken on.",
    "latest_runs_succeeded": "No task's latest run failed.",
    "tasks_on_schedule": "Every task has completed within its schedule.",
    "checks_can_look": "Every check could be evaluated.",
    "backups_sound": "No alert about backups is open.",
    "restore_proven": "A backup was seen to restore as lately as the check restore_unproven wants.",
    "people_told": "No message about an alert was given up.",
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


def judge_health(connection: Connection) -> list[Judgement]:
    """Answer the `QUESTIONS`.

    Args:
        connection: as `maint_owner`.
    """
    state = fetch_one(connection, _STATE)
    return [
        _none_of(state["critical"], "no_critical_alert", "maint alerts lists them."),
        _none_of(state["failed"], "latest_runs_succeeded", "Their run pages have the errors."),
        _none_of(
            state["missed"], "tasks_on_schedule", "maint doctor tells whether the daemon runs."
        ),
        _none_of(state["unevaluated"], "checks_can_look", "Nothing they would see is noticed."),
        _none_of(state["backups"], "backups_sound", "maint alerts lists them."),
        _restore(state),
        _none_of(
            state["undelivered"], "people_told", "maint notifications retry sends them again."
        ),
    ]


def _none_of(problems: list[str] | None, name: str, advice: str) -> Judgement:
    if not problems:
        return Judgement(name, True, QUESTIONS[name])
    more = f" and {len(problems) - _MOST_NAMED} more" if len(problems) > _MOST_NAMED else ""
    named = "; ".join(problem[:300] for problem in problems[:_MOST_NAMED])
    return Judgement(name, False, f"{named}{more}. {advice}")


def _restore(state: dict[str, Any]) -> Judgement:
    name = "restore_proven"
    if state["proven_at"] is None:
        return Judgement(
            name, False,
            "No backup has ever been seen to restore. Set MAINT_RESTORE_SOURCE and run "
            "verify_restore.", is_grave=False,
        )  # fmt: skip
    words = f"The last proof is of {state['proven_at']:%Y-%m-%d %H:%M %Z}."
    if state["is_proven_lately"]:
        return Judgement(name, True, words)
    return Judgement(name, False, f"{words} Run verify_restore, and look why it has not run.")
