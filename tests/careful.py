"""A Supabase-shaped server with a carefully made application of many tenants, migrated."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from tests.server import fresh_server

FOLDER = Path(__file__).parent / "applications" / "careful"
DATABASE = "app"


@dataclass(frozen=True)
class Careful:
    """The application's database: the URL of the server's superuser, and the customer's."""

    superuser: str
    customer: str


@contextmanager
def careful_application(folder: Path, *, customer_is_superuser: bool) -> Iterator[Careful]:
    """Run such a server.

    Args:
        folder: for its data.
        customer_is_superuser: whether postgres is one, as on a server of one's own.
    """
    initdb = () if customer_is_superuser else ("-U", "supabase_admin")
    with fresh_server(folder, initdb=initdb) as url:
        admin = url if customer_is_superuser else url.replace("postgres@", "supabase_admin@")
        with closing(psycopg.connect(admin, autocommit=True)) as connection:
            _execute(connection, "roles")
            if not customer_is_superuser:
                _execute(connection, "customer")
            connection.execute(f"create database {DATABASE} owner postgres".encode())
        superuser, customer = database_url(admin, DATABASE), database_url(url, DATABASE)
        with closing(psycopg.connect(superuser, autocommit=True)) as connection:
            _execute(connection, "platform")
        with closing(psycopg.connect(customer, autocommit=True)) as connection:
            _execute(connection, "tables")
            _execute(connection, "rights")
            _execute(connection, "styles")
            connection.execute("refresh materialized view private.usage_by_day; analyze")
        install(customer)
        yield Careful(superuser, customer)


def _execute(connection: psycopg.Connection, name: str) -> None:
    connection.execute((FOLDER / f"{name}.sql").read_bytes())
