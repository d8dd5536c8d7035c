"""A history, hour by hour, through a real database whose clock is the history's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from benchmarks.behaviour.attacks import Attack
from benchmarks.behaviour.hiding import attacks
from benchmarks.behaviour.life import Event, work_of_everybody
from benchmarks.behaviour.occasions import occasions
from benchmarks.behaviour.tenants import DAY, HOUR, PAST_DAYS, World, make_world
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application

Connection = psycopg.Connection[tuple[object, ...]]

BEHAVIOUR = """
select name from maint.checks
where category = 'security' and enabled and 'maint.recent_activity' = any (needs) order by name
"""
# now() is what the session says. The product's functions are as they were installed, and call it.
CLOCK = """
set allow_system_table_mods = on;
create or replace function pg_catalog.now() returns timestamptz language sql stable
    as $$ select coalesce(nullif(current_setting('clock.now', true), '')::timestamptz,
        transaction_timestamp()) $$;
create or replace function pg_catalog.clock_timestamp() returns timestamptz language sql volatile
    as $$ select coalesce(nullif(current_setting('clock.now', true), '')::timestamptz,
        transaction_timestamp()) $$;
"""
COPY = (
    "copy public.audit_logs (time, user_id, entity, entity_id, action, payload_hash, ip_address, "
    "user_agent) from stdin"
)
# Two runs without it, and an alert is resolved: what maint.sync_alerts does.
ABSENCES = 2


@dataclass
class Alarm:
    """One alert, from the run that raised it on. Times in seconds since the history's begin."""

    check: str
    object: str
    at: float
    severity: str
    detail: str
    metadata: dict[str, Any]
    seen: int
    """The number of the last run that saw it."""


@dataclass
class History:
    """Everything that happens in a world."""

    world: World
    attacks: list[Attack]
    events: list[Event]


def make_history(seed: int, tenants: int, days: int, of_each: int) -> History:
    """Make a history: 56 days to learn from and `days` to be judged.

    Args:
        seed: of all chance: the same one gives the same history.
        tenants: how many.
        days: how many are judged, 14 at least.
        of_each: how many attacks of each kind.
    """
    world = make_world(seed, tenants, days)
    made = attacks(world, of_each)
    rows = [*work_of_everybody(world), *occasions(world)]
    for attack in made:
        rows += attack.events
    end = world.days * DAY
    return History(world, made, sorted(row for row in rows if 0 <= row.at < end))


def prepare(url: str, history: History) -> None:
    """Fill an empty database with the application, the product, the people and the first 56 days.

    Args:
        url: a superuser's, of an empty database, which keeps a clock of its own from then on.
        history: whose.
    """
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
        install(url)
        fill(connection, history)


def fill(connection: Connection, history: History) -> None:
    """The same for a database with the application and the product."""
    connection.execute(CLOCK)
    connection.execute("set session_replication_role = replica")
    # Nothing here reads by them.
    for name in ("entity_time", "user_id_entity_time", "severity_time"):
        connection.execute(f"drop index public.audit_logs_{name}_idx".encode())
    world = history.world
    with connection.cursor() as cursor:
        for table in ("auth.users (id, email)", "public.profiles (id, email)"):
            with cursor.copy(f"copy {table} from stdin") as copy:
                for user in world.users:
                    copy.write_row((user.id, f"user{user.number}@example.com"))
    for user in world.users:
        if user.is_admin:
            connection.execute(
                "insert into public.user_roles (user_id, role) values (%s, 'admin')", [user.id]
            )
    _write(connection, world, (row for row in history.events if row.at < PAST_DAYS * DAY))
    # As a table that has been there for weeks: its ranges of blocks are summarized.
    connection.execute("vacuum analyze")


def replay(url: str, history: History, every: int = 1) -> list[Alarm]:
    """Let the checks of behaviour run as the job does, through the judged days.

    Args:
        url: a superuser's, of a prepared database.
        history: whose.
        every: hours between runs; the job's schedule is 1.

    Returns:
        The alerts that were raised, in the order of time.
    """
    by_run = defaultdict(list)
    first = PAST_DAYS * 24 // every
    for row in history.events:
        if row.at >= PAST_DAYS * DAY:
            by_run[int(row.at // (every * HOUR)) + 1].append(row)
    alarms: list[Alarm] = []
    raised = 0
    with (
        closing(psycopg.connect(url, autocommit=True)) as admin,
        closing(psycopg.connect(url, autocommit=True)) as owner,
    ):
        admin.execute("set session_replication_role = replica")
        owner.execute("set role maint_owner")
        names = [str(row[0]) for row in owner.execute(BEHAVIOUR).fetchall()]
        for run in range(first, history.world.days * 24 // every + 1):
            now = run * every * HOUR
            _write(admin, history.world, by_run.pop(run, []))
            for attack in history.attacks:
                _act(admin, history.world, attack, now - every * HOUR, now)
            raised += _run(owner, names, history.world, now, run, alarms)
    # What is counted here is what the product raised.
    assert raised == len(alarms), (raised, len(alarms))
    return alarms


def _run(  # noqa: PLR0917
    owner: Connection, names: list[str], world: World, now: float, run: int, alarms: list[Alarm]
) -> int:
    owner.execute("select set_config('clock.now', %s, false)", [str(_moment(world, now))])
    owner.execute("select maint.prepare_checks('security')")
    raised = 0
    for name in names:
        row = owner.execute("select maint.run_check(%s)", [name]).fetchone()
        assert row is not None and isinstance(row[0], dict)
        result = row[0]
        assert result["status"] in {"passed", "findings"}, result
        raised += result["alerts_created"]
        _note(alarms, name, result["sample"], now, run)
    owner.execute("select maint.conclude_checks('security')")
    return raised


def _note(alarms: list[Alarm], check: str, sample: list[dict[str, object]], now: float,
          run: int) -> None:  # fmt: skip
    still = {a.object: a for a in alarms if a.check == check and a.seen >= run - ABSENCES}
    for finding in sample:
        name = str(finding["object"])
        if name in still:
            still[name].seen = run
        else:
            metadata = finding["metadata"]
            assert isinstance(metadata, dict)
            alarms.append(Alarm(check, name, now, str(finding["severity"]), str(finding["detail"]),
                                metadata, run))  # fmt: skip


def _act(admin: Connection, world: World, attack: Attack, begin: float, end: float) -> None:
    """Do what attacks do beside adding rows at their time."""
    if attack.removed and begin <= attack.removed[0] < end:
        _, user, first, last = attack.removed
        admin.execute(
            "delete from public.audit_logs where user_id = %s and time between %s and %s",
            [user, _moment(world, first), _moment(world, last)],
        )
    if begin <= attack.label.end < end:
        _write(admin, world, attack.late)
    if attack.new_admin and begin <= attack.label.begin < end:
        admin.execute(
            "insert into public.user_roles (user_id, role) values (%s, 'admin')",
            [attack.new_admin],
        )


def _write(connection: Connection, world: World, rows: Iterable[Event]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            copy.write(
                f"{_moment(world, row.at).isoformat()}\t{row.user}\t{row.entity}\t"
                f"{row.entity_id}\t{row.action}\t{'rate_limited' if row.is_refused else 'x'}\t"
                f"{row.address}\t{row.agent}\n"
            )


def _moment(world: World, seconds: float) -> datetime:
    return (world.begin + timedelta(seconds=seconds)).astimezone(UTC)
