"""`maint doctor`: whether an installation works, and how to fix what doesn't.

Each check looks at one thing and changes nothing; what was not checked is never called ok.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.clock import seconds_apart
from maint_pipeline.database.connection import Connection, connect, fetch_one
from maint_pipeline.database.pooler import keeps_its_backend
from maint_pipeline.database.urls import redacted
from maint_pipeline.doctor.diagnosis import Diagnosis
from maint_pipeline.doctor.operation import examine_operation
from maint_pipeline.doctor.oversight import examine_oversight
from maint_pipeline.doctor.rights import examine_additions, examine_rights
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.installation.install import is_installed

SUPPORTED_VERSIONS = range(15, 19)
MAXIMUM_CLOCK_SKEW_SECONDS = 5.0


def examine(application: ApplicationUrls, storage_url: str) -> Iterator[Diagnosis]:
    """Check an installation, the basics first.

    Args:
        application: how the application database is reached.
        storage_url: libpq URL of Dagster's storage.

    Yields:
        A diagnosis each; later ones are left out where an earlier one makes them pointless.
    """
    url = application.administrator
    try:
        connection = connect(url, application_name="maint doctor", as_owner=False)
    except ConfigurationError as error:
        yield Diagnosis(
            "connection",
            False,
            str(error).strip(),
            "Check MAINT_DATABASE_URL, and that the server runs and lets this role log in.",
        )
    else:
        with closing(connection):
            yield Diagnosis("connection", True, redacted(url))
            yield _version(connection)
            yield _writable(connection)
            yield _pooler(connection, url)
            yield _clock(connection)
            yield from _installation(application, connection)
    yield _dagster_storage(storage_url)


def _version(connection: Connection) -> Diagnosis:
    supported = connection.info.server_version // 10000 in SUPPORTED_VERSIONS
    version = connection.info.parameter_status("server_version")
    return Diagnosis(
        "version",
        supported,
        f"PostgreSQL {version}",
        "" if supported else "maint_pipeline supports PostgreSQL 15 to 18.",
    )


def _writable(connection: Connection) -> Diagnosis:
    """Whether anything can be recorded here: not on a standby, nor where all is read-only."""
    row = fetch_one(
        connection,
        "select pg_catalog.pg_is_in_recovery() as standby, "
        "pg_catalog.current_setting('transaction_read_only')::boolean as read_only",
    )
    if row["standby"]:
        return Diagnosis("writable", False, "this is a standby", "Use the primary server.")
    if row["read_only"]:
        return Diagnosis(
            "writable",
            False,
            "transactions are read-only",
            "Set default_transaction_read_only to off for the database, the role and the server.",
        )
    return Diagnosis("writable", True, "transactions can write")


def _pooler(connection: Connection, url: str) -> Diagnosis:
    direct = keeps_its_backend(connection, url)
    return Diagnosis(
        "pooler",
        direct,
        "sessions keep their backend" if direct else "a pooler in transaction mode is in between",
        ""
        if direct
        else "Task locks need a session: use the server's own port, or a pooler in session mode.",
    )


def _clock(connection: Connection) -> Diagnosis:
    skew = seconds_apart(connection)
    ok = skew <= MAXIMUM_CLOCK_SKEW_SECONDS
    return Diagnosis(
        "clock",
        ok,
        f"{skew:.1f} s apart from the server",
        "" if ok else "Synchronise both clocks with NTP: schedules and retention rely on them.",
    )


def _installation(application: ApplicationUrls, administrator: Connection) -> Iterator[Diagnosis]:
    if not is_installed(application.administrator):
        yield Diagnosis(
            "migrations", False, "the database is not at this version", "Run maint migrate."
        )
        return
    yield Diagnosis("migrations", True, "current")
    yield from examine_additions(administrator)
    try:
        connection = connect(application.worker, application_name="maint doctor")
    except ConfigurationError as error:
        yield Diagnosis("worker", False, str(error).strip(), "Until then no task can work.")
        return
    with closing(connection):
        yield Diagnosis("worker", True, f"tasks log in as {connection.info.user}")
        yield from examine_rights(connection, application.owner)
        yield from examine_oversight(connection)
        yield from examine_operation(connection)


def _dagster_storage(url: str) -> Diagnosis:
    try:
        with closing(connect(url, application_name="maint doctor", as_owner=False)) as connection:
            version = connection.info.parameter_status("server_version")
    except ConfigurationError as error:
        return Diagnosis(
            "dagster storage",
            False,
            str(error).strip(),
            "Check MAINT_DAGSTER_DATABASE_URL.",
        )
    return Diagnosis("dagster storage", True, f"{redacted(url)}, PostgreSQL {version}")
