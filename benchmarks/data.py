"""The table that benchmarks work on: the sample application's audit log, half of it expired."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.embedded import embedded_server, ensure_database
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application

EXPIRED = "time < now() - interval '90 days'"
CREATE_USERS = """
insert into auth.users (email) select 'user' || i from generate_series(1, 50) as i;
insert into public.profiles (id) select id from auth.users;
"""
FILL = """
insert into public.audit_logs
    (entity, entity_id, action, user_id, time, payload_hash, ip_address, user_agent, severity)
select (array['invoice', 'profile_access', 'auth', 'report'])[1 + i %% 4], gen_random_uuid(),
    'read', people.ids[1 + i %% 50],
    now() - (%(rows)s - i + 0.5) / %(rows)s * %(days)s * interval '1 day',
    md5(i::text), '10.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64)',
    case when i %% 50 = 0 then 'high' else 'low' end
from generate_series(1, %(rows)s) as i,
    (select array_agg(id) as ids from public.profiles) as people
"""


# As somebody who runs a server of this size would have them. The defaults, made for 128 MB, would
# measure how WAL files are made.
SETTINGS = {
    "shared_buffers": "1GB",
    "min_wal_size": "4GB",
    "max_wal_size": "8GB",
}


@contextmanager
def server() -> Iterator[EmbeddedServer]:
    """Give an embedded server with `SETTINGS`, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        with embedded_server(Path(folder)) as running:
            with closing(psycopg.connect(running.url("postgres"), autocommit=True)) as admin:
                for name, value in SETTINGS.items():
                    admin.execute(f"alter system set {name} = '{value}'".encode())
        with embedded_server(Path(folder)) as running:
            yield running


def sample_database(running: EmbeddedServer, name: str) -> str:
    """Make a migrated database with the empty sample application; give its URL."""
    ensure_database(running, name)
    url = running.url(name)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
    install(url)
    return url


def create_source(running: EmbeddedServer, name: str, rows: int, days: int = 180) -> None:
    """Make a database with audit logs in the order of time until now, vacuumed for good.

    Args:
        running: the server.
        name: of the database.
        rows: how many audit logs.
        days: over how many days.
    """
    url = sample_database(running, name)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(CREATE_USERS)
        # Indexes are made afterwards: that is several times faster for so many rows.
        indexes = connection.execute(
            "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index "
            "where indrelid = 'public.audit_logs'::regclass and not indisprimary"
        ).fetchall()
        for index, _ in indexes:
            connection.execute(f"drop index {index}".encode())
        # Nor need 24 million references be checked.
        connection.execute("set session_replication_role = replica")
        connection.execute(FILL, {"rows": rows, "days": days})
        connection.execute("reset session_replication_role")
        connection.execute("set maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            connection.execute(definition.encode())
        connection.execute("vacuum analyze public.audit_logs")
        # Vacuums come when they are measured, not when they like.
        connection.execute("alter table public.audit_logs set (autovacuum_enabled = false)")


@contextmanager
def copy_of(running: EmbeddedServer, source: str, name: str = "copy") -> Iterator[str]:
    """Give the URL of a fresh copy of a database, gone afterwards."""
    names = {"name": sql.Identifier(name), "source": sql.Identifier(source)}
    with closing(psycopg.connect(running.url("postgres"), autocommit=True)) as admin:
        admin.execute(
            sql.SQL("create database {name} template {source} strategy file_copy").format(**names)
        )
        admin.execute("checkpoint")
        try:
            yield running.url(name)
        finally:
            admin.execute(sql.SQL("drop database {name} with (force)").format(**names))
