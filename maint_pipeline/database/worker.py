"""The login role in which tasks work, and its password.

`maint_worker` is a member of `maint_owner` and of nothing else, so that no code that runs during
maintenance (a trigger, a condition of a policy) can reach more than `maint_owner` has, whatever it
does. `maint migrate` creates it; jobs that are given an administrator's URL log in as it instead.
"""

from __future__ import annotations

import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

from maint_pipeline.database.urls import parse
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.settings import load_settings

WORKER_ROLE = "maint_worker"

_PASSWORD_BYTES = 32
# Credentials of the administrator; the worker has its own.
_CREDENTIALS = ("password", "passfile", "sslcert", "sslkey", "sslpassword", "requirepeer")


def is_worker_url(url: str) -> bool:
    """Return whether a URL logs in as the worker, directly or through a pooler of a platform."""
    user = str(parse(url).get("user") or "")
    return user == WORKER_ROLE or user.startswith(f"{WORKER_ROLE}.")


def worker_url(url: str) -> str:
    """Give the URL with which the worker logs in to the same server and database.

    Args:
        url: any libpq URL or connection string; one of the worker is given back as it is.

    Returns:
        A libpq connection string, with the password that MAINT_HOME has for this server; without
        one where it has none, which leaves libpq's own ways (a password file, for example).
    """
    if is_worker_url(url):
        return url
    parts = parse(url)
    # Platforms' poolers identify projects by a suffix: postgres.REF.
    _, dot, project = str(parts.get("user") or "").partition(".")
    kept = {name: value for name, value in parts.items() if name not in _CREDENTIALS}
    kept["user"] = f"{WORKER_ROLE}{dot}{project}"
    if password := stored_password(url):
        kept["password"] = password
    return conninfo.make_conninfo(**kept)


def stored_password(url: str) -> str | None:
    """Give the worker's password on the server of a URL, if this machine knows it."""
    return _read_passwords().get(server_name(url))


def store_new_password(url: str) -> str:
    """Make a password for the worker on the server of a URL, and keep it in MAINT_HOME, mode 0600.

    Returns:
        The password.
    """
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    file = password_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        json.dump({**_read_passwords(), server_name(url): password}, opened, indent=2)
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)
    return password


def password_file() -> Path:
    """Give the file with the worker's passwords, by server."""
    return _home(os.environ.get("MAINT_HOME"), str(Path.cwd())) / "worker-passwords.json"


@lru_cache(maxsize=1)
def _home(_variable: str | None, _folder: str) -> Path:
    """Give MAINT_HOME. Reading all settings for it costs more than a connection."""
    return load_settings().home


def asks_for_password(url: str) -> bool:
    """Return whether the server of a URL asks for the worker's password, even without the role.

    Args:
        url: of any role.
    """
    parts = {**parse(worker_url(url)), "connect_timeout": 15}
    parts.pop("password", None)
    # A file that doesn't exist: a password that libpq would find is not the worker's to rely on.
    parts["passfile"] = f"{password_file()}.none"
    try:
        psycopg.connect(conninfo.make_conninfo(**parts)).close()
    except psycopg.OperationalError as error:
        return bool(error.pgconn and (error.pgconn.needs_password or error.pgconn.used_password))
    return False


def login_problem(url: str) -> str | None:
    """Return why the worker can't log in, as the server says it; None if it can."""
    try:
        psycopg.connect(worker_url(url), connect_timeout=15).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[-1]
    return None


def hand_over_password(connection: psycopg.Connection[Any], url: str) -> None:
    """Have the migration create the worker with a password, where the server asks for one.

    The file is written first: a migration that dies in between finds it again.

    Args:
        connection: of the administrator; sql/00_roles.sql reads the setting.
        url: the administrator's.
    """
    exists = connection.execute("select from pg_roles where rolname = %s", [WORKER_ROLE]).fetchone()
    if exists or not asks_for_password(url):
        return
    password = stored_password(url) or store_new_password(url)
    connection.execute(
        "select set_config('maint.worker_password', %s, false)", [_verifier(connection, password)]
    )


def renew_password(connection: psycopg.Connection[Any], url: str) -> None:
    """Give the worker a new password, which from then on only this machine knows.

    Args:
        connection: of the administrator.
        url: the administrator's.
    """
    verifier = _verifier(connection, store_new_password(url))
    connection.execute(
        sql.SQL("alter role {} password {}").format(sql.Identifier(WORKER_ROLE), verifier)
    )


def _verifier(connection: psycopg.Connection[Any], password: str) -> str:
    """Give what the server keeps of a password: the password itself could reach its log."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), WORKER_ROLE.encode(), b"scram-sha-256"
    )
    return verifier.decode()


def server_name(url: str) -> str:
    """Name the server of a URL: all of its databases have the same roles."""
    parts = parse(url)
    place = parts.get("service") or parts.get("host") or parts.get("hostaddr") or ""
    return f"{place}:{parts.get('port') or 5432}"


def _read_passwords() -> dict[str, str]:
    try:
        passwords: dict[str, str] = json.loads(password_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{password_file()} can't be read: {error}. Correct it, or delete it and run "
            "maint migrate --new-worker-password."
        ) from None
    return passwords
