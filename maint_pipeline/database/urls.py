"""Connection URLs: another database of the same server, SQLAlchemy's form, and without secrets."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import conninfo

from maint_pipeline.errors import ConfigurationError


def parse(url: str) -> dict[str, Any]:
    """Take a URL apart.

    Args:
        url: any libpq URL or connection string.

    Returns:
        libpq's parameters by name.

    Raises:
        ConfigurationError: it is not one; the message does not repeat it.
    """
    return dict(_parsed(url))


@lru_cache(maxsize=2048)
def _parsed(url: str) -> dict[str, Any]:
    try:
        return dict(conninfo.conninfo_to_dict(url))
    except (psycopg.ProgrammingError, UnicodeError):
        # libpq's message would repeat the URL, and with it the password.
        raise ConfigurationError(
            "That is not a PostgreSQL URL; write postgresql://user@host:5432/database."
        ) from None


def database_url(url: str, dbname: str) -> str:
    """Name another database of the same server.

    Args:
        url: any libpq URL or connection string.
        dbname: the database meant.

    Returns:
        A libpq connection string.
    """
    return conninfo.make_conninfo(**{**parse(url), "dbname": dbname})


def sqlalchemy_url(url: str, driver: str) -> str:
    """Turn a libpq URL into one for SQLAlchemy, with the driver named.

    A bare `postgresql://` would mean psycopg 3 to SQLAlchemy 2.1, which Dagster can't use. All but
    user, password and database are in the query, where sockets, several hosts and IPv6 need no
    care.

    Args:
        url: any libpq URL or connection string.
        driver: `psycopg2` or `psycopg`.

    Raises:
        ConfigurationError: it is not a libpq URL.
    """
    parts = parse(url)
    user, password, dbname = (parts.pop(name, None) for name in ("user", "password", "dbname"))
    login = quote(str(user), safe="") if user else ""
    if password:
        login += ":" + quote(str(password), safe="")
    address = f"{login}@" if login else ""
    query = f"?{urlencode(parts, quote_via=quote)}" if parts else ""
    return f"postgresql+{driver}://{address}/{quote(str(dbname or ''), safe='')}{query}"


def libpq_url(url: str) -> str:
    """Turn a URL for SQLAlchemy, as Dagster has it, into a libpq connection string.

    Args:
        url: such as `sqlalchemy_url` gives.

    Raises:
        ConfigurationError: it is not one; the message does not repeat it.
    """
    # Imported here: only who works with Dagster's storage needs SQLAlchemy.
    from sqlalchemy.engine import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        parsed = make_url(url)
        arguments = {**parsed.query, **parsed.translate_connect_args(username="user")}
        arguments["dbname"] = arguments.pop("database", None)
        return conninfo.make_conninfo(**arguments)
    except (ArgumentError, ValueError, psycopg.ProgrammingError):
        raise ConfigurationError("The URL of Dagster's storage is not one of PostgreSQL.") from None


def redacted(url: str) -> str:
    """Give a URL as a connection string for people to read, secrets left out.

    Args:
        url: any libpq URL or connection string.
    """
    parts = parse(url)
    shown = {name: value for name, value in parts.items() if "pass" not in name}
    return conninfo.make_conninfo(**shown)
