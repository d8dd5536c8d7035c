"""Creating the sample application and filling it, the whole of it or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from maint_pipeline.errors import UsageError
from maint_pipeline.sample.audit_logs import make_user, random_uuid, write_audit_logs
from maint_pipeline.sample.backups import Organization, backup_rows, settings_row, states
from maint_pipeline.sample.names import organizations, people
from maint_pipeline.sample.past import alert_rows, attacks, task_run_rows

USERS = 120
Connection = psycopg.Connection[Any]
Report = Callable[[str, float], None]


@dataclass(frozen=True)
class SampleSummary:
    """How many rows the sample got."""

    organizations: int
    users: int
    backup_runs: int
    audit_logs: int


def create_sample_application(connection: Connection) -> None:
    """Create the sample application's tables in an empty database.

    Args:
        connection: as superuser.

    Raises:
        UsageError: the database has an application already.
    """
    if _exists(connection, "public.orgs") or _exists(connection, "public.audit_logs"):
        raise UsageError("This database has an application already; the sample needs an empty one.")
    script = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
    with connection.transaction():
        connection.execute(script.encode())


def load_sample_data(
    connection: Connection,
    *,
    rows: int = 200_000,
    organization_count: int = 50,
    seed: int = 7,
    now: datetime | None = None,
    report: Report = lambda step, fraction: None,
) -> SampleSummary:
    """Fill the empty sample application, in one transaction.

    Args:
        connection: may write its tables.
        rows: audit logs of everyday work, over 180 days.
        organization_count: how many organizations, in every backup state.
        seed: the same seed and `now` give the same data.
        now: the end of it all; the present when None.
        report: called with the step and the fraction done.

    Returns:
        How many rows there are.
    """
    random, now = Random(seed), now or datetime.now(UTC)
    with connection.transaction():
        report("organizations", 0.0)
        user_ids = _write_users(connection, random, now)
        made = _write_organizations(connection, random, user_ids, organization_count, now)
        runs = [row for org in made for row in backup_rows(random, org, now)]
        _copy(connection, "backup_runs", _BACKUP_RUN, runs)
        _write_past(connection, random, now)
        users = [make_user(random, UUID(user_id)) for user_id in user_ids]
        written = write_audit_logs(
            connection,
            random,
            users,
            attacks(users, now),
            rows=rows,
            now=now,
            report=lambda fraction: report("audit logs", fraction),
        )
    connection.execute("analyze")
    return SampleSummary(len(made), len(user_ids), len(runs), written)


def add_audit_logs(
    connection: Connection,
    *,
    rows: int,
    now: datetime | None = None,
    report: Report = lambda step, fraction: None,
) -> int:
    """Add everyday audit logs to a filled sample application, in one transaction.

    Args:
        connection: may write its tables.
        rows: how many, over the last 180 days.
        now: the end; the present when None.
        report: as for `load_sample_data`.

    Returns:
        How many rows were added.

    Raises:
        UsageError: this is not a filled sample application.
    """
    random, now = Random(), now or datetime.now(UTC)
    if not _exists(connection, "public.audit_logs") or not _exists(connection, "public.profiles"):
        raise UsageError("There is no sample application here; maint dev creates one.")
    with connection.transaction():
        # The sample's own people have addresses of this domain: never touch another application.
        found = connection.execute(
            "select id::text from public.profiles where email like '%@sample.example' order by id"
        ).fetchall()
        if not found:
            raise UsageError("There is no sample data here; maint dev loads it.")
        ids = [next(iter(row.values())) if isinstance(row, dict) else row[0] for row in found]
        return write_audit_logs(
            connection,
            random,
            [make_user(random, UUID(user_id)) for user_id in ids],
            (),
            rows=rows,
            now=now,
            report=lambda fraction: report("audit logs", fraction),
        )


_BACKUP_RUN = (
    "id", "org_id", "status", "file_url", "started_at", "finished_at", "tables_count", "rows_count",
    "notes", "created_at",
)  # fmt: skip
_BACKUP_SETTINGS = (
    "org_id", "provider", "bucket", "prefix", "region", "enabled", "access_key_encrypted",
    "secret_key_encrypted", "created_at", "updated_at",
)  # fmt: skip
_ALERT = (
    "id", "alert_type", "severity", "title", "description", "resolved", "resolved_at", "created_at",
)  # fmt: skip
_TASK_RUN = (
    "id", "task_name", "started_at", "finished_at", "status", "details", "error_message",
)  # fmt: skip


def _exists(connection: Connection, relation: str) -> bool:
    found = connection.execute(
        "select from pg_class where oid = to_regclass(%s)", [relation]
    ).fetchone()
    return found is not None


def _copy(
    connection: Connection,
    table: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[Any, ...]],
    schema: str = "public",
) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(schema, table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _write_users(connection: Connection, random: Random, now: datetime) -> list[str]:
    joined = now - timedelta(days=400)
    users = [
        (random_uuid(random), f"{name.lower().replace(' ', '.')}@sample.example", name, joined)
        for name in people(random, USERS)
    ]
    _copy(
        connection, "users", ("id", "email", "created_at"),
        [(user_id, email, at) for user_id, email, _, at in users], schema="auth",
    )  # fmt: skip
    _copy(connection, "profiles", ("id", "email", "name", "created_at"), users)
    roles = [(user[0], "admin" if number < 2 else "user") for number, user in enumerate(users)]
    _copy(connection, "user_roles", ("user_id", "role"), roles)
    return [user[0] for user in users]


def _write_organizations(
    connection: Connection, random: Random, user_ids: list[str], count: int, now: datetime
) -> list[Organization]:
    made = [
        Organization(
            id=random_uuid(random),
            name=name,
            type=kind,
            owner_id=user_ids[number % len(user_ids)],
            state=state,
            created_at=now - timedelta(days=random.randrange(60, 380)),
            deleted_at=now - timedelta(days=7) if state == "deleted" else None,
        )
        for number, ((name, kind), state) in enumerate(
            zip(organizations(random, count), states(count), strict=True)
        )
    ]
    columns = ("id", "name", "type", "owner_id", "created_at", "deleted_at")
    _copy(connection, "orgs", columns,
          [tuple(getattr(org, column) for column in columns) for org in made])  # fmt: skip
    _copy(connection, "org_users", ("org_id", "user_id", "role"),
          [(org.id, org.owner_id, "owner") for org in made])  # fmt: skip
    settings = (settings_row(random, org) for org in made)
    _copy(connection, "backup_settings", _BACKUP_SETTINGS, [row for row in settings if row])
    return made


def _write_past(connection: Connection, random: Random, now: datetime) -> None:
    _copy(connection, "security_alerts", _ALERT, alert_rows(random, now))
    if _exists(connection, "public.maintenance_task_runs"):
        _copy(connection, "maintenance_task_runs", _TASK_RUN, task_run_rows(random, now))
