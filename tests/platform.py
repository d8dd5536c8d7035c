"""A server of a hosted platform: its customer is no superuser, and doesn't own everything."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from maint_pipeline.database.urls import database_url
from tests.server import fresh_server

DATABASE = (Path(__file__).parent / "integration" / "platform_database.sql").read_text()
ROLES = """
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role platform_auth nologin noinherit createrole;
create role platform_storage nologin noinherit createrole;
create role customer login createrole createdb {bypass};
grant anon, authenticated, service_role, pg_monitor, pg_read_all_data to customer;
"""


@dataclass(frozen=True)
class Platform:
    """A server, by the URL of its superuser."""

    url: str

    def new_database(self) -> str:
        """Make a database of the customer's; gives the customer's URL of it."""
        name = f"app_{uuid4().hex[:8]}"
        with closing(psycopg.connect(self.url, autocommit=True)) as connection:
            connection.execute(
                sql.SQL("create database {} owner customer").format(sql.Identifier(name))
            )
        url = database_url(self.url, name)
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(DATABASE.encode())
        return url.replace("postgres@", "customer@").replace("user=postgres", "user=customer")


@contextmanager
def platform_server(folder: Path, *, bypass: bool) -> Iterator[Platform]:
    """Run such a server.

    Args:
        folder: for its data.
        bypass: whether row level security does not bind the customer.
    """
    with fresh_server(folder) as url:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(ROLES.format(bypass="bypassrls" if bypass else "").encode())
        yield Platform(url)


def dump(url: str) -> str:
    """Give the schema and all grants of a database, as the server's own pg_dump writes them."""
    program = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS)) / "pg_dump"
    # Row level security may hide rows from the customer, and this reads none.
    done = subprocess.run(
        [program, "--schema-only", "--enable-row-security", url],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    # Newer ones write a random word there.
    return re.sub(r"^\\(un)?restrict .*$", "", done.stdout, flags=re.M)


def run(url: str, *statements: str) -> None:
    """Execute statements as the role of a URL, each on its own, with the usual search path."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def answer(url: str, query: str, role: str | None = None):
    """Give the first value of a query, asked as a role; an error as its SQLSTATE."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        try:
            if role:
                connection.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
            row = connection.execute(query.encode()).fetchone()
        except psycopg.Error as error:
            return error.sqlstate
        return row[0] if row else None


def call(url: str, task: str) -> dict:
    """Run a task as the command line does, whatever is called so in public."""
    return answer(url, f"select maint.{task}()")


LEGACY_LEDGER = """
create table public.maintenance_task_runs (
    id uuid primary key default gen_random_uuid(), task_name text not null,
    started_at timestamptz default now(), finished_at timestamptz, status text default 'running',
    details jsonb default '{}', error_message text)
"""


def rest_target(url: str, name: str, keys: set[str]) -> list[str]:
    """Give the functions that PostgREST takes a request to /rpc/NAME to mean, by the body's keys.

    All parameters without a default have to be there, and no key but parameters. Where none fits,
    one with a single nameless JSON parameter gets the body.
    """
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        rows = connection.execute(
            "select oid::regprocedure::text, coalesce(proargnames[:pronargs], '{}')::text[], "
            "(pronargs - pronargdefaults)::integer, "
            "pronargs = 1 and coalesce(proargnames[1], '') = '' "
            "from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' "
            "and proname = %s order by 1",
            [name],
        ).fetchall()
    by_name = [
        signature
        for signature, names, required, nameless in rows
        if not nameless and set(names[:required]) <= keys <= set(names)
    ]
    return by_name or [signature for signature, _, _, nameless in rows if nameless]
