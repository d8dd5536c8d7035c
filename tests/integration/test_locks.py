"""Locks of maintenance: who gets them, when they end, what they cost others, who is named."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo

from maint_pipeline.database.connection import connect
from maint_pipeline.database.locks import lock_held, try_lock, unlock
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from maint_pipeline.task_runs.rows import close_lost_runs
from tests.dev import eventually

TASK = "cleanup_old_audit_logs"
SINCE = r"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"


@pytest.fixture
def others(database):
    """Opens further connections as jobs have them."""
    opened = []

    def another(application_name: str = "another"):
        opened.append(connect(database, application_name=application_name))
        return opened[-1]

    yield another
    for connection in opened:
        connection.close()


@pytest.fixture
def stranger(database, superuser):
    """A connection of a role that may connect and nothing else."""
    name = f"stranger_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    url = conninfo.make_conninfo(database, user=name)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        yield connection
    superuser.execute(f"drop role {name}")


@pytest.fixture
def known(superuser):
    """The lock x, which nobody has taken yet."""
    superuser.execute("insert into maint.locks (name) values ('x')")


def holder(connection, name: str = "x"):
    query = "select maint.lock_holder(%s) as holder"
    return connection.execute(query, [name]).fetchone()["holder"]


def test_one_session_has_it_until_it_gives_it_back(owner, others):
    other = others()
    with lock_held(owner, "x") as ours:
        assert ours
        assert not try_lock(other, "x") and not try_lock(owner, "x")
        assert try_lock(other, "y")
        seen = holder(other)
        assert seen["backend_pid"] == owner.info.backend_pid and seen["application"] == "test"
        assert seen["role"] == owner.info.user and seen["since"]
    assert holder(other) is None
    assert try_lock(other, "x") and not try_lock(owner, "x")
    unlock(other, "x")
    assert try_lock(owner, "x")
    assert holder(other, "y")["backend_pid"] == other.info.backend_pid


@pytest.mark.parametrize("end", ["pg_terminate_backend", "close", "discard all"])
def test_it_ends_with_the_session_however_that_ends(superuser, owner, others, end):
    other = others()
    assert try_lock(other, "x")
    pid = other.info.backend_pid
    if end == "close":
        other.close()
    elif end == "discard all":
        other.execute("discard all")
    else:
        superuser.execute("select pg_terminate_backend(%s)", [pid])
    if end != "discard all":
        alive = "select from pg_stat_activity where pid = %s"
        eventually(lambda: not superuser.execute(alive, [pid]).rowcount)
    assert holder(owner) is None and try_lock(owner, "x")


WORKER = """
import sys
from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database.connection import connect
from maint_pipeline.database.locks import try_lock
connection = connect(sys.argv[1], application_name="worker")
print(try_lock(connection, "x"), flush=True)
connection.execute("select pg_sleep(600)")
"""


def test_it_ends_with_a_process_that_is_killed_in_the_middle_of_a_statement(database, owner):
    with subprocess.Popen([sys.executable, "-c", WORKER, database], stdout=subprocess.PIPE) as own:
        assert own.stdout.readline() == b"True\n"
        assert not try_lock(owner, "x")
        own.kill()
    eventually(lambda: try_lock(owner, "x"))


@pytest.mark.parametrize(
    "meddling",
    ["set application_name = ''", "reset all", "select set_config('role', 'none', false)"],
)
def test_code_of_the_application_does_not_end_it_by_accident(owner, others, meddling):
    other = others()
    assert try_lock(other, "x")
    other.execute(meddling)
    assert not try_lock(owner, "x")


def test_a_rolled_back_taking_is_none(owner, others):
    other = others()
    with other.transaction(force_rollback=True):
        assert try_lock(other, "x")
    assert try_lock(owner, "x")


def test_a_copy_of_the_database_has_locks_of_its_own(database, superuser, owner, new_database):
    assert try_lock(owner, "x")
    row = superuser.execute("select * from maint.locks where name = 'x'").fetchone()
    copied = new_database("maint_template")
    with closing(connect(copied, application_name="copy")) as copy:
        copy.execute(
            "insert into maint.locks values (%(name)s, %(backend_pid)s, %(login)s, %(sign)s)", row
        )
        assert try_lock(copy, "x")
    assert holder(superuser) is not None


def test_backend_and_key_of_the_dead_prove_nothing(database, superuser, stranger, owner, others):
    """As if the server had given a stranger the number of the backend that died."""
    other = others()
    assert try_lock(other, "x")
    row = superuser.execute("select * from maint.locks where name = 'x'").fetchone()
    other.close()
    stranger.execute("select pg_advisory_lock(%s)", [row["sign"]])
    assert holder(owner) is None
    superuser.execute("update maint.locks set backend_pid = %s", [stranger.info.backend_pid])
    assert holder(owner) is None and try_lock(owner, "x")


def test_who_looked_at_the_sessions_before_sees_who_came_since(superuser, owner, others):
    """pg_stat_activity stands still within a transaction."""
    with superuser.transaction():
        superuser.execute("select count(*) from pg_stat_activity")
        assert try_lock(others(), f"task {TASK}")
        answer = superuser.execute(f"select public.{TASK}() as answer").fetchone()["answer"]
    assert answer["error"].startswith("skipped: already running since")


def test_a_transaction_has_it_until_it_ends(owner, others, known):
    other, query = others("the cron"), "select maint.try_lock_in_transaction('x') as ours"
    with other.transaction():
        assert other.execute(query).fetchone()["ours"]
        assert other.execute(query).fetchone()["ours"], "as often as it likes"
        assert not try_lock(owner, "x")
        assert not owner.execute(query).fetchone()["ours"]
        seen = holder(owner)
        assert seen["backend_pid"] == other.info.backend_pid and seen["application"] == "the cron"
        assert seen["since"]
    assert holder(owner) is None and try_lock(owner, "x")
    with other.transaction():
        assert not other.execute(query).fetchone()["ours"]
        # Who was refused keeps nothing to the end of its transaction.
        unlock(owner, "x")
        assert try_lock(owner, "x")


def test_a_lock_is_waited_for_but_not_for_ever(superuser, owner, others, known):
    other = others()
    owner.execute("set lock_timeout = '300ms'")
    with other.transaction():
        other.execute("select maint.wait_for_lock('x')")
        with pytest.raises(psycopg.errors.LockNotAvailable) as refused:
            owner.execute("select maint.wait_for_lock('x')")
    assert re.match("taken " + SINCE + rf" \(.*, backend {other.info.backend_pid}, another\)",
                    refused.value.diag.message_detail)  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        owner.execute("set lock_timeout = '30s'")
        with other.transaction():
            other.execute("select maint.wait_for_lock('x')")
            waiting = pool.submit(owner.execute, "select maint.wait_for_lock('x')")
            asleep = "select from pg_stat_activity where pid = %s and wait_event = 'PgSleep'"
            eventually(lambda: superuser.execute(asleep, [owner.info.backend_pid]).rowcount)
        waiting.result(timeout=60)


def test_a_lock_that_a_transaction_has_only_just_made_known(owner, others):
    other = others()
    with other.transaction():
        assert other.execute("select maint.try_lock_in_transaction('x') as m").fetchone()["m"]
        assert not try_lock(owner, "x")
    assert try_lock(owner, "x")


def test_a_holder_keeps_nothing_from_vacuum(superuser, owner):
    assert try_lock(owner, "x")
    session = superuser.execute(
        "select state, backend_xid, backend_xmin from pg_stat_activity where pid = %s",
        [owner.info.backend_pid],
    ).fetchone()
    assert session == {"state": "idle", "backend_xid": None, "backend_xmin": None}
    superuser.execute("create table public.churn as select generate_series(1, 1000) as i")
    superuser.execute("delete from public.churn")
    superuser.execute("vacuum public.churn")
    size = "select pg_relation_size('public.churn') as bytes"
    assert superuser.execute(size).fetchone()["bytes"] == 0


def test_a_dead_workers_row_is_closed_only_by_who_gets_its_lock(database, superuser, owner, others):
    worker = others("maint worker")
    assert try_lock(worker, f"task {TASK}")
    worker.execute("select maint.begin_task_run(%s, 'manual')", [TASK])
    assert close_lost_runs(owner) == []
    outcome = run_recorded(database, TASK, RunContext("cli"), lambda run: {})
    assert re.fullmatch(
        rf"already running {SINCE} \(\w+, backend {worker.info.backend_pid}, maint worker\)",
        outcome.details["reason"],
    )
    worker.close()
    assert eventually(lambda: close_lost_runs(owner))[0]["task_name"] == TASK


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
@pytest.mark.parametrize("table", ["locks", "recent_activity"])
def test_nobody_else_may_lock_what_maintenance_waits_for(superuser, role, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), superuser.transaction():
        superuser.execute(f"set local role {role}")
        superuser.execute(f"lock table maint.{table} in access share mode")
