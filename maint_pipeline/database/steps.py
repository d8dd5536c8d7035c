"""The steps of a migration: what `maint migrate` runs and what `--plan` prints, the same text.

Each step is one transaction that can be repeated, or builds one index concurrently.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql

from maint_pipeline.database import alerts_table, columns
from maint_pipeline.database.adoption import hidden_tables
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.entry_functions import Place, places, publishing, replacing
from maint_pipeline.database.index_steps import index_steps
from maint_pipeline.database.indexes import INDEXES
from maint_pipeline.database.step import AS_MIGRATOR, AS_OWNER, Step
from maint_pipeline.database.trust import trusted_owners
from maint_pipeline.database.version import (
    NEWER,
    installed_version,
    is_known_revision,
    program_version,
    schema_comment,
)
from maint_pipeline.errors import OtherVersionError

_HERE = Path(__file__).parent
# Scripts that need what the application's owner may do; all others run as maint_owner.
_AS_MIGRATOR = ("05_auth.sql", "80_application_grants.sql", "81_alert_grants.sql")
_IN_OTHER_STEPS = ("00", "02", "03", "94", "95", "97")


def steps_to_current(
    connection: Connection,
    checks_sql: str,
    trust: Sequence[str] = (),
    replace: Sequence[str] = (),
) -> list[Step]:
    """Return what brings a database to the current version.

    Args:
        connection: of the role that migrates; only read.
        checks_sql: the check catalogue as one script (see `checks.script`).
        trust: roles that own tables or trigger functions of the application and are to be trusted.
        replace: our functions that are to replace the application's.

    Returns:
        The steps in order; none when the database is current.
    """
    digest = program_version()
    newly_trusted = sorted({*trust} - trusted_owners(connection))
    uses_alerts_table = alerts_table.problem(connection, trust) is None
    wanted = columns.LEDGER_COLUMNS + (columns.ALERT_COLUMNS if uses_alerts_table else ())
    missing = columns.missing(connection, wanted)
    found = places(connection, replace)
    indexes = index_steps(connection, trust, uses_alerts_table=uses_alerts_table)
    if (
        installed_version(connection) == digest
        and not newly_trusted
        and not missing
        and not indexes
        and not _is_missing(connection, found)
    ):
        return []
    return [
        Step(
            "Roles and schema maint",
            "none.",
            (
                *(_read(f"{name}.sql") for name in ("00_roles", "03_kept", "02_closed")),
                *_noted_indexes(connection),
            ),
        ),
        *_table_steps(connection),
        *_column_steps(missing),
        *indexes,
        Step(
            "Functions, checks and grants",
            "none on the application's tables.",
            (
                *_function_statements(
                    checks_sql, _trust_statement(connection, newly_trusted), found
                ),
            ),
        ),
        Step(
            "Parts of runs of earlier versions",
            f"ROW EXCLUSIVE on {columns.LEDGER} while their rows are updated, if there are any.",
            (AS_OWNER, "select maint.fill_parent_ids();"),
        ),
        Step(
            "Trigger that reports failed backups",
            "SHARE ROW EXCLUSIVE on the table of backup runs, for the instant of this transaction, "
            "where the trigger is missing.",
            (_read("97_backup_trigger.sql"),),
        ),
        Step(
            "Row level security and grants",
            "ACCESS EXCLUSIVE, for the milliseconds of this transaction, on "
            "public.maintenance_task_runs, on a public.security_alerts that an earlier version "
            "made, and on tables that maint_owner works with where it can't have BYPASSRLS. Only "
            "where something is missing.",
            (
                _read("94_kept_ledger.sql"),
                _read("95_row_security.sql"),
                AS_OWNER,
                "select maint.follow_alert_tables();",
                AS_MIGRATOR,
                f"comment on schema maint is '{schema_comment()}';",
            ),
        ),
    ]


def _is_missing(connection: Connection, found: Sequence[Place]) -> bool:
    """Return whether a database of this version lacks what the application took or freed."""
    if any(place.in_public != place.is_there or place.replaced for place in found):
        return True
    return any(table["may_alter"] for table in hidden_tables(connection))


def _trust_statement(connection: Connection, roles: Sequence[str]) -> str:
    if not roles:
        return "-- Nobody else is to be trusted."
    names = sql.SQL(", ").join(sql.SQL("({})").format(role) for role in roles)
    insert = sql.SQL("insert into maint.trusted_owners (role) values {} on conflict do nothing;")
    return insert.format(names).as_string(connection)


def _read(name: str) -> str:
    return (_HERE / "sql" / name).read_text(encoding="utf-8")


def _alembic_config(output: StringIO) -> Config:
    config = Config(output_buffer=output)
    config.set_main_option("script_location", str(_HERE / "migrations"))
    return config


def _table_steps(connection: Connection) -> list[Step]:
    revision = _revision(connection)
    output = StringIO()
    config = _alembic_config(output)
    if revision == ScriptDirectory.from_config(config).get_current_head():
        return []
    command.upgrade(config, f"{revision or 'base'}:head", sql=True)
    statements = (
        AS_OWNER,
        output.getvalue().strip(),
        AS_MIGRATOR,
        _read("02_closed.sql"),
    )
    return [
        Step(
            "Tables",
            "none on the application's tables.",
            statements,
        )
    ]


def _column_steps(missing: Sequence[columns.Column]) -> list[Step]:
    return [
        Step(
            f"Columns of {table}",
            f"ACCESS EXCLUSIVE on {table} for the milliseconds of this transaction; no row is "
            "rewritten.",
            tuple(column.statement() for column in missing if column.table == table),
        )
        for table in sorted({column.table for column in missing})
    ]


def _revision(connection: Connection) -> str | None:
    if fetch_one(connection, "select to_regclass('maint.alembic_version') as r")["r"] is None:
        return None
    row = fetch_one(connection, "select version_num from maint.alembic_version")
    revision: str = row["version_num"]
    if not is_known_revision(revision):
        raise OtherVersionError(NEWER)
    return revision


def _noted_indexes(connection: Connection) -> list[str]:
    """Note, before the first tables, which indexes with names of ours the application has."""
    if _revision(connection) is not None:
        return []
    names = ", ".join(f"'{index.name}'" for index in INDEXES)
    return [
        "insert into maint.kept_relations (relation, grants, row_security)\n"
        "select oid::regclass::text, '{}', false from pg_class\n"
        "where relnamespace = 'public'::regnamespace and relkind in ('i', 'I')\n"
        f"    and relname in ({names})\n"
        "on conflict (relation) do nothing;"
    ]


def _function_statements(checks_sql: str, trust: str, found: Sequence[Place]) -> list[str]:
    files = [file.name for file in (_HERE / "sql").glob("*.sql")]
    scripts = {name: _read(name) for name in files if not name.startswith(_IN_OTHER_STEPS)}
    scripts["70_checks.sql"] = checks_sql
    scripts["26_alerts_table.sql"] = alerts_table.function_statement()
    # After the trigger that keeps changes, before the grants that depend on it.
    scripts["13_trust.sql"] = trust
    # Before the privileges, which are given by what this makes.
    scripts["89_zz_public.sql"] = publishing(found)
    statements = [*replacing(found), "grant create on schema public to maint_owner;"]
    for name in sorted(scripts):
        role = AS_MIGRATOR if name in _AS_MIGRATOR else AS_OWNER
        statements += [role, scripts[name]]
    return [*statements, AS_MIGRATOR, "revoke create on schema public from maint_owner;"]
