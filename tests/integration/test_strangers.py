"""Who may only connect delays and silences nothing: no task, no sensor, no SQL function."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from threading import Event, Thread
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo

from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database.connection import connect
from maint_pipeline.ops import all_tasks
from maint_pipeline.reports.health import check_health, health_figures
from maint_pipeline.sensors.backup_failures import watch_backup_failures
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from maint_pipeline.task_runs.rows import close_lost_runs
from tests.application import TASKS
from tests.delivery import tell_all
from tests.dev import eventually

FORMER_KEYS = [
    *(f"maint_pipeline.task.{name}" for name in TASKS),
    *(f"maint_pipeline.alerts.{name}" for name in ("backup_failed", "task_failed", "missed_run")),
    "maint_pipeline.channels",
    "maint_pipeline.channel.ops",
    "maint_pipeline.migrate",
]
SEEN = """
select classid::bigint as high, objid::bigint as low, objsubid as kind from pg_locks
where locktype = 'advisory' and pid <> pg_backend_pid()
"""
TAKE = {
    1: "select pg_try_advisory_lock((%(high)s::bigint << 32) | %(low)s::bigint)",
    2: "select pg_try_advisory_lock(%(high)s::bigint::bit(32)::int, %(low)s::bigint::bit(32)::int)",
}


@pytest.fixture
def stranger(database, superuser):
    """The URL of a login that may connect and has been granted nothing."""
    name = f"stranger_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    yield conninfo.make_conninfo(database, user=name)
    superuser.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [name]
    )
    eventually(
        lambda: (
            not superuser.execute(
                "select from pg_stat_activity where usename = %s", [name]
            ).rowcount
        )
    )
    superuser.execute(f"drop role {name}")


@pytest.fixture
def siege(stranger):
    """The stranger takes every key it can compute or see, looks like others, and shouts."""
    stop = Event()
    with closing(psycopg.connect(stranger, autocommit=True)) as keys:
        for key in FORMER_KEYS:
            keys.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [key])
        threads = [Thread(target=work, args=(stranger, stop)) for work in (_besiege, _shout)]
        for thread in threads:
            thread.start()
        yield
        stop.set()
        for thread in threads:
            thread.join()


def _besiege(url: str, stop: Event) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as own:
        rows = psycopg.rows.dict_row
        while not stop.is_set():
            for name in own.execute("select application_name from pg_stat_activity").fetchall():
                own.execute("select set_config('application_name', %s, false)", [name[0]])
            for key in own.cursor(row_factory=rows).execute(SEEN).fetchall():
                own.execute(TAKE[key["kind"]], key)
            for relation in own.execute(
                "select oid::regclass::text from pg_class where relnamespace::regnamespace::text "
                "in ('maint', 'public') and relkind in ('r', 'p')"
            ).fetchall():
                with suppress(psycopg.errors.InsufficientPrivilege), own.transaction():
                    own.execute(f"lock table {relation[0]} in access share mode")


def _shout(url: str, stop: Event) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as own:
        while not stop.is_set():
            own.execute("select pg_notify('maint_backup_failed', md5(i::text)) "
                        "from generate_series(1, 100) as i")  # fmt: skip


def in_time(work):
    """Do it on a thread, so that a hang fails the test and doesn't hold it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(timeout=60)


@pytest.fixture
def hasty(database):
    """A job's connection whose statements are cancelled where they hang."""
    with closing(connect(database, application_name="maint test")) as connection:
        connection.execute("set statement_timeout = '20s'")
        yield connection


def test_no_task_is_held_up(database, owner, siege):
    for task in [*TASKS, "maintenance_health", "cleanup_expired_rows"]:
        outcome = in_time(lambda task=task: run_recorded(database, task, RunContext("cli"), _looks))
        assert outcome.status == "completed", outcome


def _looks(run):
    run.connection.execute("select pg_sleep(0.2)")
    return {"still": run.connection.execute("select 1").rowcount}


@pytest.mark.parametrize("task", TASKS)
def test_no_function_is_held_up(hasty, siege, task):
    answer = hasty.execute(f"select public.{task}() as answer").fetchone()["answer"]
    assert answer["success"] is True, answer


def test_no_sensor_is_silenced(database, superuser, hasty, siege):
    org = superuser.execute("insert into orgs (name) values ('a') returning id").fetchone()["id"]
    for hours in range(1, 6):
        superuser.execute(
            "insert into backup_runs (org_id, status, started_at, finished_at) values "
            "(%(org)s, 'failed', now() - %(age)s::interval, now() - %(age)s::interval)",
            {"org": org, "age": f"{hours} hours"},
        )
    assert watch_backup_failures(hasty, 1)[0]["created"] == 5
    hasty.execute("select maint.begin_task_run('verify_backup_health', 'manual')")
    assert [row["task_name"] for row in close_lost_runs(hasty)] == ["verify_backup_health"]
    assert sync_failed_tasks(hasty, list(all_tasks()))["created"] == 1


class Listener:
    """A channel that keeps what it is told."""

    name = "ops"

    def __init__(self) -> None:
        self.told: list[str] = []

    def send(self, message) -> None:
        self.told.append(message.subject)


def test_people_are_told(superuser, hasty, siege):
    superuser.execute("insert into orgs (name) values ('without backup')")
    hasty.execute("select public.verify_backup_health()")
    channel = Listener()
    tell_all(hasty, {"ops": channel}, Settings())
    assert channel.told


def test_a_task_at_work_keeps_its_lock(database, hasty, siege):
    """Nobody else gets in while a stranger looks like the one who works, or wants its sign."""

    def work(run):
        second = run_recorded(database, "verify_backup_health", RunContext("cli"), lambda run: {})
        closed = close_lost_runs(hasty)
        return {"second": second.status, "closed": len(closed)}

    outcome = in_time(
        lambda: run_recorded(database, "verify_backup_health", RunContext("cli"), work)
    )
    assert outcome.details == {"second": "skipped", "closed": 0}


TEMPORARY = """
create temporary table mine (a integer default 1 + 1, b integer generated always as (a * 2) stored,
    constraint positive check (a > 0), constraint mine_key primary key (a));
create index mine_idx on mine ((a + b)) where a > 1;
create policy mine on mine using (a > 1) with check (a > 2);
alter table mine enable row level security;
create function pg_temp.f() returns trigger language plpgsql as 'begin return new; end';
create trigger mine before insert on mine
    for each row when (new.a > 1) execute function pg_temp.f();
create temporary view mine_view as select * from mine;
create temporary table mine_parted (a integer) partition by range (a);
create temporary table mine_part partition of mine_parted for values from (1) to (9);
create rule mine as on update to mine do also select 1;
create temporary sequence mine_seq;
"""
LOCKED = "mine, mine_parted, mine_part, mine_view"


def test_tables_of_the_strangers_own_are_not_waited_for(hasty, stranger):
    """Everybody may make temporary tables, and keep others from looking at them."""
    with closing(psycopg.connect(stranger)) as own:
        own.execute(TEMPORARY)
        own.commit()
        own.execute(f"lock table {LOCKED} in access exclusive mode")
        own.execute("alter sequence mine_seq restart 7")
        own.execute("alter index mine_idx set (fillfactor = 70)")
        hasty.execute("set lock_timeout = '1ms'")
        assert health_figures(hasty) and check_health(hasty)
        for task in ("run_automated_security_checks", "verify_backup_health"):
            answer = hasty.execute(f"select public.{task}() as answer").fetchone()["answer"]
            assert answer["success"] is True and answer["failed_checks"] == {}, answer
