"""Whether tasks run and notifications are sent: what `maint doctor` says of the daemon's work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.doctor.diagnosis import Diagnosis
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.settings import load_settings


def examine_operation(connection: Connection) -> Iterator[Diagnosis]:
    """Check schedules, maintenance windows and notifications.

    Args:
        connection: as `maint_owner`.
    """
    yield _missed_runs(connection)
    yield _windows(connection)
    yield _notifications(connection)


def _missed_runs(connection: Connection) -> Diagnosis:
    """Whether every task has completed in time; nothing else would show that the daemon is down."""
    # Imported here: Dagster costs a second, which a database out of reach need not.
    from maint_pipeline.ops import all_tasks  # noqa: PLC0415
    from maint_pipeline.schedules.missed import missed_runs  # noqa: PLC0415

    tasks = all_tasks().values()
    missed = missed_runs(connection, tasks, load_settings(), datetime.now(UTC))
    words = "; ".join(f"{run.task_name} since {run.due_at:%Y-%m-%d %H:%M} UTC" for run in missed)
    return Diagnosis(
        "schedules",
        not missed,
        f"not completed: {words}" if missed else "every task has completed in time",
        "Start the Dagster daemon, and check under Automation whether the schedules are on."
        if missed
        else "",
    )


def _windows(connection: Connection) -> Diagnosis:
    """Name the tasks that no schedule can start: they are never due, so no alert is raised."""
    from maint_pipeline.ops import all_tasks  # noqa: PLC0415
    from maint_pipeline.schedules.windows import shut_out_tasks  # noqa: PLC0415

    tasks = all_tasks().values()
    shut_out = shut_out_tasks(connection, tasks, load_settings(), datetime.now(UTC))
    return Diagnosis(
        "windows",
        not shut_out,
        "; ".join(map(str, shut_out)) or "every scheduled task has ticks within its windows",
        "They never start by schedule. Add a window that is open at the time of their schedules."
        if shut_out
        else "",
    )


def _notifications(connection: Connection) -> Diagnosis:
    """Whether notifications work: channels that can be used, and none given up."""
    from maint_pipeline.alerts.delivery import configured_channels  # noqa: PLC0415

    try:
        names = sorted(configured_channels(load_settings()))
    except ConfigurationError as error:
        return Diagnosis("notifications", False, str(error), "Correct MAINT_NOTIFY_URLS.")
    row = fetch_one(
        connection,
        "select count(*) filter (where state = 'dead') as dead, "
        "count(*) filter (where state = 'waiting' and attempts > 0) as failing, "
        "(array_agg(problem order by id desc) filter (where problem is not null))[1] as problem "
        "from maint.notifications where state in ('waiting', 'dead')",
    )
    if row["dead"] or row["failing"]:
        return Diagnosis(
            "notifications",
            False,
            f"{row['dead']} given up, {row['failing']} being retried: {row['problem']}",
            "Fix the channel, check it with maint notifications test, then maint notifications "
            "retry.",
        )
    if not names:
        return _without_channels(connection)
    return Diagnosis("notifications", True, f"channels: {', '.join(names)}")


def _without_channels(connection: Connection) -> Diagnosis:
    """Say that this process has no channel: the daemon, with an environment of its own, may."""
    rows = connection.execute(
        "select name from maint.notification_channels where is_configured order by name"
    ).fetchall()
    if rows:
        names = ", ".join(row["name"] for row in rows)
        return Diagnosis(
            "notifications", True, f"channels of the daemon: {names}; this shell has none"
        )
    return Diagnosis(
        "notifications", None, "notifications are off: MAINT_NOTIFY_URLS is not set",
        "Set MAINT_NOTIFY_URLS for the daemon, then look with maint notifications test.",
    )  # fmt: skip
