"""Servers and databases of the soak: in memory where there is room, migrated once and cloned."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.server import Server, restartable_server

TEMPLATE = "maint_template"
OPTIONS = "-c max_connections=200 -c shared_buffers=256MB -c max_wal_size=4GB"
_SESSIONS = """
select count(*) as n from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


@contextmanager
def server(port: int | None = None) -> Iterator[tuple[Server, Path]]:
    """Give a server with the template database, and a folder; at a TCP port too, if given one."""
    options = OPTIONS + (f" -c listen_addresses=127.0.0.1 -c port={port}" if port else "")
    memory = Path("/dev/shm")
    parent = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="maint-soak-", dir=parent) as name:
        home = Path(name) / "server"
        home.mkdir()
        with restartable_server(home, options) as running:
            started = replace(running, url=f"{running.url}&port={port}") if port else running
            clone(started.url, TEMPLATE, template="template1")
            url = database_url(started.url, TEMPLATE)
            with closing(psycopg.connect(url, autocommit=True)) as application:
                create_sample_application(application)
            install(url)
            yield started, Path(name)


def clone(server_url: str, name: str, template: str = TEMPLATE) -> str:
    """Make a database, and give the superuser's URL of it."""
    made = sql.SQL("create database {} template {}")
    with closing(psycopg.connect(server_url, autocommit=True)) as admin:
        admin.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    return database_url(server_url, name)


def drop(server_url: str, name: str) -> None:
    """Drop a database."""
    with closing(psycopg.connect(server_url, autocommit=True)) as admin:
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def superuser(url: str) -> Connection:
    """Open a superuser's session, once the server takes one."""
    deadline = time.monotonic() + 30
    while True:
        try:
            opened = connect(url, application_name="soak", as_owner=False)
            opened.execute("set timezone = 'UTC'")
            return opened
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def wait_for_the_dead(connection: Connection) -> None:
    """Wait until the server has noticed that the other sessions' processes are gone."""
    deadline = time.monotonic() + 60
    while connection.execute(_SESSIONS).fetchone()["n"]:
        assert time.monotonic() < deadline, "a session outlives its process by a minute"
        time.sleep(0.002)


def one(connection: Connection, query: str, parameters: object = None) -> object:
    """Give the one value of a query."""
    (value,) = connection.execute(query, parameters).fetchone().values()
    return value
