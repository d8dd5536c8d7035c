"""Bringing a database to the current version: roles, tables, indexes, then functions and grants.

Every step can be repeated, and a database that is current is left alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql

from maint_pipeline.database.connection import Connection, connect, fetch_one
from maint_pipeline.errors import ConfigurationError, UsageError

MINIMUM_SERVER_VERSION = 150000
_HERE = Path(__file__).parent
_PUBLIC_FUNCTIONS = (
    "run_automated_security_checks",
    "cleanup_old_audit_logs",
    "cleanup_old_security_alerts",
    "verify_backup_health",
    "get_maintenance_task_history",
    "get_unresolved_security_alerts",
    "resolve_security_alert",
)


_LOCK_KEY = "hashtextextended('maint_pipeline.migrate', 0)"
_TRY_LOCK = f"select pg_try_advisory_lock({_LOCK_KEY}) as mine"
_UNLOCK = f"select pg_advisory_unlock({_LOCK_KEY})"


@dataclass(frozen=True)
class Index:
    """An index that we keep on a table which may be large already."""

    name: str
    table: str
    definition: str


# Built concurrently, outside any transaction: SHARE UPDATE EXCLUSIVE, so reads and writes go on.
INDEXES = (
    # One open alert for each fingerprint, whatever runs at the same moment.
    Index(
        "security_alerts_open_fingerprint_key",
        "public.security_alerts",
        "unique (fingerprint) where resolved is not true and fingerprint is not null",
    ),
    # The history page, newest first; and the look for lost runs, over the few that are running.
    Index("maintenance_task_runs_started_at_idx", "public.maintenance_task_runs", "(started_at)"),
    Index(
        "maintenance_task_runs_running_idx",
        "public.maintenance_task_runs",
        "(task_name) where status = 'running'",
    ),
)


def migrate(url: str, checks_sql: str, report: Callable[[str], None] = lambda step: None) -> bool:
    """Bring a database to the current version.

    Args:
        url: libpq URL of a role that may create roles, schemas and the objects.
        checks_sql: the check catalogue as one script (see `checks.catalog`).
        report: told each step in a few words.

    Returns:
        Whether there was anything to do.

    Raises:
        ConfigurationError: the server is too old.
        UsageError: an object of the application depends on a function that we would replace.
    """
    with connect(url, application_name="maint migrate", as_owner=False) as connection:
        connection.execute("set lock_timeout = '2s'")
        _check_server_version(connection)
        with _one_migration_at_a_time(connection, report):
            if is_current(url, checks_sql):
                return False
            report("roles and schema")
            connection.execute(_read("00_roles.sql"))
            report("tables")
            _run_alembic(url)
            report("indexes")
            for index in INDEXES:
                _ensure_index(connection, index)
            report("functions, checks and grants")
            _apply_functions(connection, _function_scripts(checks_sql))
    return True


def is_current(url: str, checks_sql: str) -> bool:
    """Tell whether a database has exactly what this version would install.

    Args:
        url: libpq URL of any role.
        checks_sql: as for `migrate`.
    """
    with connect(url, application_name="maint migrate", as_owner=False) as connection:
        return _installed_digest(connection) == _digest(_function_scripts(checks_sql))


def _check_server_version(connection: Connection) -> None:
    if connection.info.server_version < MINIMUM_SERVER_VERSION:
        version = connection.info.parameter_status("server_version")
        raise ConfigurationError(
            f"PostgreSQL {version} is too old: maint_pipeline supports 15 to 18. "
            "Upgrade the server first."
        )


@contextmanager
def _one_migration_at_a_time(
    connection: Connection, report: Callable[[str], None]
) -> Iterator[None]:
    # Asking again and again: a statement that waits has a snapshot, for which the other's CREATE
    # INDEX CONCURRENTLY would wait in turn.
    while not fetch_one(connection, _TRY_LOCK)["mine"]:
        report("waiting for another migration")
        time.sleep(0.5)
    yield
    connection.execute(_UNLOCK)


def _read(name: str) -> str:
    return (_HERE / "sql" / name).read_text(encoding="utf-8")


def _function_scripts(checks_sql: str) -> dict[str, str]:
    """All scripts of the last step, in order; 00 runs before the tables."""
    names = sorted(path.name for path in (_HERE / "sql").glob("*.sql"))
    scripts = {name: _read(name) for name in names if not name.startswith("00")}
    return dict(sorted({**scripts, "70_checks": checks_sql}.items()))


def _digest(scripts: dict[str, str]) -> str:
    """Identify a version: its scripts and, since those are applied last, its newest table."""
    head = ScriptDirectory.from_config(_alembic_config()).get_current_head()
    return hashlib.sha256("\0".join([str(head), *scripts.values()]).encode()).hexdigest()


def _installed_digest(connection: Connection) -> str | None:
    row = fetch_one(
        connection, "select obj_description(to_regnamespace('maint'), 'pg_namespace') as comment"
    )
    comment: str | None = row["comment"]
    return comment.rpartition(" ")[2] if comment else None


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    return config


def _run_alembic(url: str) -> None:
    # SQLAlchemy gets a ready connection: no URL to translate, no driver to guess.
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(
            url, application_name="maint migrate", options="-c lock_timeout=2s"
        ),
        poolclass=sqlalchemy.NullPool,
    )
    config = _alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _ensure_index(connection: Connection, index: Index) -> None:
    """Build an index concurrently, replacing an invalid one that an interruption left."""
    name = sql.Identifier("public", index.name)
    row = connection.execute(
        "select indisvalid from pg_index where indexrelid = to_regclass(%s)",
        [name.as_string(connection)],
    ).fetchone()
    if row and row["indisvalid"]:
        return
    connection.execute(sql.SQL("drop index concurrently if exists {}").format(name))
    unique, _, columns = index.definition.rpartition("unique ")
    connection.execute(
        sql.SQL("create {} index concurrently {} on {} {}").format(
            sql.SQL("unique" if unique else ""),
            sql.Identifier(index.name),
            sql.Identifier(*index.table.split(".")),
            sql.SQL(columns),
        )
    )


def _apply_functions(connection: Connection, scripts: dict[str, str]) -> None:
    """Replace functions, checks, policies and grants in one transaction, all or nothing."""
    with connection.transaction():
        _drop_legacy_functions(connection)
        connection.execute("grant create on schema public to maint_owner")
        for name, script in scripts.items():
            as_migrator = name.startswith("80")
            connection.execute("reset role" if as_migrator else "set role maint_owner")
            connection.execute(script)
        connection.execute("reset role")
        connection.execute("revoke create on schema public from maint_owner")
        connection.execute(
            sql.SQL("comment on schema maint is {}").format(
                f"maint_pipeline: maintenance tables and functions, version {_digest(scripts)}"
            )
        )


def _drop_legacy_functions(connection: Connection) -> None:
    """Make room for our functions: one of another return type can't be replaced in place."""
    legacy = connection.execute(
        "select oid::regprocedure::text as signature from pg_proc "
        "where pronamespace = 'public'::regnamespace and proname = any(%s) "
        "and proowner <> 'maint_owner'::regrole",
        [list(_PUBLIC_FUNCTIONS)],
    ).fetchall()
    for row in legacy:
        try:
            connection.execute(sql.SQL("drop function {}").format(sql.SQL(row["signature"])))
        except psycopg.errors.DependentObjectsStillExist as error:
            raise UsageError(
                f"The application's own objects depend on the function {row['signature']}, which "
                f"maint_pipeline replaces: {error.diag.message_detail} "
                "Drop or change them first; nothing was changed."
            ) from None
