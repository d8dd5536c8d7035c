"""The sample's past: alerts that came and went, and what the tasks did before today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from maint_pipeline.sample.audit_logs import Attack, User, random_uuid

Row = tuple[Any, ...]

_ALERTS = (
    ("failed_login_attempts", "high", "Many failed sign-ins", "27 failed sign-ins within an hour."),
    ("suspicious_export", "medium", "Large data export", "An export of 48,210 rows at night."),
    ("new_admin", "high", "New administrator", "The role admin was granted to a user."),
    ("rate_limit_abuse", "medium", "Rate limit exceeded", "A client was refused 312 times."),
    ("backup_failure", "high", "Backup failed", "The nightly backup ended with AccessDenied."),
)  # fmt: skip
# How many days ago each alert was raised, and how many days later it was resolved.
_RESOLVED = ((170, 2), (151, 1), (133, 4), (120, 1), (96, 3), (71, 2), (58, 1), (44, 5), (41, 2),
             (30, 12), (24, 1), (17, 3), (12, 1), (9, 2), (6, 1))  # fmt: skip
_OPEN = (5, 3, 2, 1)


def alert_rows(random: Random, now: datetime) -> Iterator[Row]:
    """Give rows of security_alerts, as the application itself raised them.

    Columns: id, alert_type, severity, title, description, resolved, resolved_at, created_at.
    """
    for number, (days_ago, days_open) in enumerate(_RESOLVED):
        created = now - timedelta(days=days_ago, minutes=random.randrange(600))
        kind = _ALERTS[number % len(_ALERTS)]
        yield (random_uuid(random), *kind, True, created + timedelta(days=days_open), created)
    for number, days_ago in enumerate(_OPEN):
        created = now - timedelta(days=days_ago, minutes=random.randrange(600))
        yield (random_uuid(random), *_ALERTS[number], False, None, created)


def attacks(users: Sequence[User], now: datetime) -> list[Attack]:
    """Give a few attacks: two within the last hour, for the next checks to find, others older."""
    ids = [user.id for user in users]
    night = now.replace(hour=2, minute=40, second=0, microsecond=0) - timedelta(days=12)
    return [
        Attack(now - timedelta(minutes=38), 64, 9.0, "auth_login", "access", ids[3:4],
               "203.0.113.77", refused=True, severity="high"),
        Attack(now - timedelta(minutes=31), 180, 8.0, "invoice", "read", ids[9:10],
               "203.0.113.14", refused=True),
        Attack(night, 240, 11.0, "data_export", "export", ids[17:18], "198.51.100.23",
               severity="high"),
        Attack(night - timedelta(days=22), 90, 20.0, "client_tin", "read", ids[5:6],
               "192.0.2.200", severity="high"),
        Attack(night - timedelta(days=48), 400, 2.0, "auth_login", "access", ids[:40],
               "2001:db8::bad:1", refused=True, severity="high"),
    ]  # fmt: skip


def task_run_rows(random: Random, now: datetime) -> Iterator[Row]:
    """Give a month of task runs, oldest first.

    Columns: id, task_name, started_at, finished_at, status, details (JSON text), error_message.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    planned: list[tuple[datetime, str]] = []
    for days_ago in range(30, -1, -1):
        day = today - timedelta(days=days_ago)
        planned.append((day + timedelta(hours=2), "cleanup_old_audit_logs"))
        planned.append((day + timedelta(hours=4), "verify_backup_health"))
        if day.isoweekday() == 7:
            planned.append((day + timedelta(hours=3), "cleanup_old_security_alerts"))
        if days_ago <= 5:
            hours = (day + timedelta(hours=hour) for hour in range(24))
            planned.extend((hour, "run_automated_security_checks") for hour in hours)
    for started, task in sorted(planned):
        if started < now - timedelta(minutes=5):
            yield _task_run(random, task, started)


def _task_run(random: Random, task: str, started: datetime) -> Row:
    seconds = random.uniform(0.2, 1.5) * (8 if task == "cleanup_old_audit_logs" else 1)
    failed = random.random() < 0.02
    details = {
        "cleanup_old_audit_logs": f'{{"deleted_count": {random.randrange(700, 1600)}}}',
        "cleanup_old_security_alerts": f'{{"deleted_count": {random.randrange(0, 4)}}}',
        "verify_backup_health": '{"orgs_without_backup": 7, "failed_backups": 2}',
        "run_automated_security_checks": f'{{"findings": {random.randrange(0, 3)}}}',
    }[task]
    return (
        random_uuid(random),
        task,
        started,
        started + timedelta(seconds=seconds),
        "failed" if failed else "completed",
        "{}" if failed else details,
        "OperationalError: server closed the connection unexpectedly" if failed else None,
    )
