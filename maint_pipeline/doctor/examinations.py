"""`maint doctor`: whether an installation works, and how to fix what doesn't.

Each check looks at one thing and changes nothing; what was not checked is never called ok.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from maint_pipeline.database.adoption import (
    hidden_tables,
    left_out_for_rights,
    left_out_for_shape,
    said_of_functions,
)
from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.clock import seconds_apart
from maint_pipeline.database.connection import (
    OWNER_ROLE,
    Connection,
    connect,
    fetch_one,
    keeps_its_backend,
)
from maint_pipeline.database.entry_functions import places
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.database.urls import redacted
from maint_pipeline.doctor.diagnosis import Diagnosis
from maint_pipeline.doctor.oversight import examine_oversight
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.installation.install import is_installed
from maint_pipeline.settings import load_settings

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
    yield _functions(administrator)
    yield _left_out(administrator)
    try:
        connection = connect(application.worker, application_name="maint doctor")
    except ConfigurationError as error:
        yield Diagnosis("worker", False, str(error).strip(), "Until then no task can work.")
        return
    with closing(connection):
        yield Diagnosis("worker", True, f"tasks log in as {connection.info.user}")
        yield _trust(connection)
        yield _owner_session(connection, application.owner)
        yield _privileges(connection)
        yield _partitions(connection)
        yield from examine_oversight(connection)
        yield _missed_runs(connection)
        yield _windows(connection)
        yield _notifications(connection)


def _functions(connection: Connection) -> Diagnosis:
    """Name the application's functions that have names of ours, and where ours are then."""
    found = places(connection)
    moved = [place.name for place in found if place.in_public != place.is_there]
    words = "; ".join(said_of_functions(found))
    return Diagnosis(
        "functions",
        not moved,
        words or "ours are in schema public, and no other function has one of their names",
        f"Run maint migrate: {', '.join(moved)} can't stay where it is." if moved else "",
    )


def _left_out(connection: Connection) -> Diagnosis:
    """Name what the shape of the application's tables, or row level security, keeps us from."""
    hidden = [row["relation"] for row in hidden_tables(connection)]
    rights = "; ".join(left_out_for_rights(connection))
    shapes = "; ".join(left_out_for_shape(connection))
    if hidden:
        return Diagnosis(
            "left out",
            False,
            f"row level security hides rows of {', '.join(hidden)} from maint_owner",
            "Run maint migrate as their owner: it makes the policy maint_owner_works there.",
        )
    if rights:
        return Diagnosis("left out", False, rights, "Grant what is named.")
    return Diagnosis("left out", True, shapes or "nothing, by the shape of the tables")


def _trust(connection: Connection) -> Diagnosis:
    """Name what is left out because of who owns it."""
    rows = connection.execute(
        "select problem from maint.trust_problems() as problem order by problem"
    ).fetchall()
    problems = "; ".join(row["problem"] for row in rows)
    return Diagnosis(
        "trust",
        not problems,
        f"left out: {problems}" if problems else "tables and triggers belong to trusted roles",
        "Trust the owner if you do (maint migrate --trust ROLE), or change the owner."
        if problems
        else "",
    )


def _owner_session(connection: Connection, url: str) -> Diagnosis:
    """Name the tables whose owner maintenance can't act as: vacuum and partitions are left out."""
    rows = connection.execute(
        "select distinct maint.policy_table(name)::text as relation from maint.enabled_policies "
        "where maint.policy_table(name) is not null order by 1"
    ).fetchall()
    owners, problems = Owners(url), []
    for row in rows:
        try:
            with owners.session(connection, row["relation"]):
                pass
        except NoOwnerSessionError as error:
            problems.append(f"{row['relation']}: {error}")
    return Diagnosis(
        "owner session",
        not problems,
        "; ".join(problems) or "vacuum, indexes and partitions are done as the tables' owners",
        "Name a role that may act as the owners in MAINT_OWNER_DATABASE_URL; until then their "
        "vacuum is left to autovacuum, and partitions are neither dropped nor created."
        if problems
        else "",
    )


def _privileges(connection: Connection) -> Diagnosis:
    """Whether the owner role may do what each enabled policy needs."""
    rows = connection.execute("select problem from maint.policy_problems() as problem").fetchall()
    problems = "; ".join(row["problem"] for row in rows)
    return Diagnosis(
        "privileges",
        not problems,
        problems or f"{OWNER_ROLE} may do what the retention policies need",
        "Grant what is named, or run maint migrate as the owner of the tables." if problems else "",
    )


def _partitions(connection: Connection) -> Diagnosis:
    """Name partitions that a purge left detached: no query of the table sees their rows."""
    rows = connection.execute(
        "select partition, reason from maint.stranded_partitions order by partition"
    ).fetchall()
    words = "; ".join(f"{row['partition']} was left detached, {row['reason']}" for row in rows)
    return Diagnosis(
        "partitions",
        not rows,
        words or "no partition was left detached",
        "See maint policies stranded: attach or drop them, or enable the policy." if rows else "",
    )


def _missed_runs(connection: Connection) -> Diagnosis:
    """Whether every task has completed in time; nothing else would show that the daemon is down."""
    # Imported here: Dagster costs a second, which a database out of reach need not.
    from maint_pipeline.ops import all_tasks  # noqa: PLC0415
    from maint_pipeline.schedules.missed import missed_runs  # noqa: PLC0415

    tasks = all_tasks().values()
    missed = missed_runs(connection, tasks, load_settings(), datetime.now(UTC))
    words = "; ".join(f"{run.task_name} since {run.due_at:%Y-%m-%d %H:%M} UTC" for run in missed)
    return Diagnosis(
        "schedules",
        not missed,
        f"not completed: {words}" if missed else "every task has completed in time",
        "Start the Dagster daemon, and check under Automation whether the schedules are on."
        if missed
        else "",
    )


def _windows(connection: Connection) -> Diagnosis:
    """Name the tasks that no schedule can start: they are never due, so no alert is raised."""
    from maint_pipeline.ops import all_tasks  # noqa: PLC0415
    from maint_pipeline.schedules.windows import shut_out_tasks  # noqa: PLC0415

    tasks = all_tasks().values()
    shut_out = shut_out_tasks(connection, tasks, load_settings(), datetime.now(UTC))
    return Diagnosis(
        "windows",
        not shut_out,
        "; ".join(map(str, shut_out)) or "every scheduled task has ticks within its windows",
        "They never start by schedule. Add a window that is open at the time of their schedules."
        if shut_out
        else "",
    )


def _notifications(connection: Connection) -> Diagnosis:
    """Whether notifications work: channels that can be used, and none given up."""
    from maint_pipeline.alerts.delivery import configured_channels  # noqa: PLC0415

    try:
        names = sorted(configured_channels(load_settings()))
    except ConfigurationError as error:
        return Diagnosis("notifications", False, str(error), "Correct MAINT_NOTIFY_URLS.")
    row = fetch_one(
        connection,
        "select count(*) filter (where state = 'dead') as dead, "
        "count(*) filter (where state = 'waiting' and attempts > 0) as failing, "
        "(array_agg(problem order by id desc) filter (where problem is not null))[1] as problem "
        "from maint.notifications where state in ('waiting', 'dead')",
    )
    if row["dead"] or row["failing"]:
        return Diagnosis(
            "notifications",
            False,
            f"{row['dead']} given up, {row['failing']} being retried: {row['problem']}",
            "Fix the channel, check it with maint notifications test, then maint notifications "
            "retry.",
        )
    if not names:
        return _without_channels(connection)
    return Diagnosis("notifications", True, f"channels: {', '.join(names)}")


def _without_channels(connection: Connection) -> Diagnosis:
    """Say that this process has no channel: the daemon, with an environment of its own, may."""
    rows = connection.execute(
        "select name from maint.notification_channels where is_configured order by name"
    ).fetchall()
    if rows:
        names = ", ".join(row["name"] for row in rows)
        return Diagnosis(
            "notifications", True, f"channels of the daemon: {names}; this shell has none"
        )
    return Diagnosis(
        "notifications", None, "notifications are off: MAINT_NOTIFY_URLS is not set",
        "Set MAINT_NOTIFY_URLS for the daemon, then look with maint notifications test.",
    )  # fmt: skip


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
