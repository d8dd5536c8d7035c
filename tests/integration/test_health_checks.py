"""Each check of health: the fault is planted, seen within one run, and gone when it is repaired."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

import psycopg
import pytest

from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from maint_pipeline.health.views import look_from_outside
from maint_pipeline.installation.install import install, open_server_views
from maint_pipeline.sample import create_sample_application
from tests.dev import eventually
from tests.seeds import spread
from tests.server import fresh_server

OPTIONS = (
    "-c max_connections=40 -c max_prepared_transactions=5 -c wal_level=logical "
    "-c max_logical_replication_workers=0 -c autovacuum_naptime=1h -c max_wal_size=32MB "
    "-c min_wal_size=32MB -c archive_mode=on"
)


class Bench:
    """A server of its own to plant faults in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.admin = psycopg.connect(url, autocommit=True)
        self.owner = connect(url, application_name="test")

    def session(self, role: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True, user=role, application_name="planted")

    def do(self, *statements: str) -> None:
        for statement in statements:
            self.admin.execute(statement.encode())

    def limit(self, check: str, **values: str) -> None:
        for name, value in values.items():
            changed = self.admin.execute(
                "update maint.check_thresholds set value = %s where check_name = %s and name = %s",
                [value, check, name],
            )
            assert changed.rowcount == 1

    def pass_an_hour(self) -> None:
        """Make the latest sample one of an hour ago."""
        run_checks(self.owner, "health")
        self.do("update maint.health_samples set taken_at = taken_at - interval '1 hour'")

    def results(self) -> dict[str, dict]:
        look_from_outside(self.owner)
        return {result["check"]: result for result in run_checks(self.owner, "health")[1]}

    def findings(self, check: str) -> dict[str, dict]:
        result = self.results()[check]
        assert result["status"] != "failed", result["problem"]
        return {finding["object"]: finding for finding in result["sample"]}

    def burn(self, ids: int) -> None:
        for _ in range(ids):
            self.do("select pg_current_xact_id()")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with fresh_server(tmp_path_factory.mktemp("server"), OPTIONS) as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(url)
            admin.execute("alter system set archive_command = '/bin/true'")
            admin.execute("select pg_reload_conf()")
            open_server_views(url)
        yield url


@pytest.fixture
def bench(server):
    bench = Bench(server)
    yield bench
    bench.do("update maint.check_thresholds set value = null")
    bench.do("truncate maint.health_samples, maint.health_tables")
    bench.admin.close()
    bench.owner.close()


Planted = Iterator[str]
FAULTS: dict[str, tuple[str, Callable]] = {}


def fault(check: str) -> Callable:
    """Register what plants a fault of a check, and gives the object at which it is to be found."""

    def register(plant: Callable) -> Callable:
        FAULTS[plant.__name__] = (check, contextmanager(plant))
        return plant

    return register


@fault("connections_near_limit")
def server_full(bench) -> Planted:
    bench.limit("connections_near_limit", used="0.5")
    with ExitStack() as stack:
        for _ in range(22):
            stack.enter_context(closing(bench.session()))
        yield "server"


@fault("connections_near_limit")
def role_full(bench) -> Planted:
    bench.do("create role crowd login superuser connection limit 2")
    with closing(bench.session("crowd")), closing(bench.session("crowd")):
        bench.do("alter role crowd nosuperuser")
        yield "role crowd"
    eventually(lambda: _none_of(bench, "crowd"), 10)
    bench.do("drop role crowd")


def _none_of(bench, role: str) -> bool:
    rows = bench.admin.execute("select from pg_stat_activity where usename = %s", [role])
    return rows.fetchone() is None


@fault("transaction_long")
def statement_of_hours(bench) -> Planted:
    bench.limit("transaction_long", after="10 milliseconds")
    with closing(bench.session()) as session:
        session.pgconn.send_query(b"begin; select pg_sleep(60)")
        yield "postgres (planted) in postgres"
        bench.do(f"select pg_terminate_backend({session.info.backend_pid}, 5000)")


@fault("transaction_idle")
def forgotten_commit(bench) -> Planted:
    bench.limit("transaction_idle", after="10 milliseconds")
    with closing(bench.session()) as session:
        session.execute("begin")
        yield "postgres (planted) in postgres"


@fault("transaction_prepared_long")
def prepared(bench) -> Planted:
    bench.limit("transaction_prepared_long", after="1 millisecond")
    bench.do("begin; select pg_current_xact_id(); prepare transaction 'it''s mine'")
    yield "it's mine of postgres in postgres"
    bench.do("rollback prepared 'it''s mine'")


@fault("session_blocked")
def queue_behind_a_change(bench) -> Planted:
    bench.limit("session_blocked", after="10 milliseconds")
    bench.do('create table public."wait here" (id integer)')
    with (
        closing(bench.session()) as reader,
        closing(bench.session()) as change,
        closing(bench.session()) as last,
    ):
        reader.execute('begin; select from public."wait here"')
        change.pgconn.send_query(b'alter table public."wait here" add column more text')
        eventually(lambda: _waiting(bench) == 1, 10)
        last.pgconn.send_query(b'select from public."wait here"')
        eventually(lambda: _waiting(bench) == 2, 10)
        yield "postgres (planted) in postgres"
        with suppress(psycopg.OperationalError):  # a fix may have ended it
            reader.execute("rollback")
    eventually(lambda: _waiting(bench) == 0, 10)
    bench.do('drop table public."wait here"')


def _waiting(bench) -> int:
    return bench.admin.execute("select count(*) from pg_locks where not granted").fetchone()[0]


@fault("xmin_held")
def snapshot_of_long_ago(bench) -> Planted:
    bench.limit("xmin_held", transactions="3")
    with closing(bench.session()) as session:
        session.execute("begin isolation level repeatable read; select")
        bench.burn(5)
        yield "session postgres (planted)"


@fault("xmin_held")
def prepared_of_long_ago(bench) -> Planted:
    bench.limit("xmin_held", transactions="3")
    bench.do("begin; select pg_current_xact_id(); prepare transaction 'old'")
    bench.burn(5)
    yield "prepared transaction old"
    bench.do("rollback prepared 'old'")


@fault("xmin_held")
def slot_of_long_ago(bench) -> Planted:
    bench.limit("xmin_held", transactions="3")
    bench.do("select pg_create_logical_replication_slot('decoder', 'pgoutput')")
    bench.burn(5)
    yield "slot decoder"
    bench.do("select pg_drop_replication_slot('decoder')")


@contextmanager
def receiver(bench, folder) -> Iterator[None]:
    """Have a reader of WAL that has stopped reading."""
    bench.do("select pg_create_physical_replication_slot('reader', true)")
    host = bench.admin.info.host
    program = subprocess.Popen(
        [EMBEDDED_PROGRAMS / "pg_receivewal", "-D", folder, "-h", host, "-U", "postgres",
         "--slot=reader", "--status-interval=1", "--synchronous"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        eventually(lambda: _is_streaming(bench), 20)
        program.send_signal(signal.SIGSTOP)
        for _ in range(20):
            bench.do("select pg_logical_emit_message(false, 'p', repeat('x', 1000000))")
        yield
    finally:
        program.kill()
        program.wait()
        eventually(lambda: _drop_slot(bench, "reader"), 20)


def _is_streaming(bench) -> bool:
    rows = bench.admin.execute("select from pg_stat_replication where flush_lsn is not null")
    return rows.fetchone() is not None


def _drop_slot(bench, name: str) -> bool:
    with suppress(psycopg.errors.ObjectInUse):
        bench.admin.execute("select pg_drop_replication_slot(%s)", [name])
        return True
    return False


@fault("replication_lag")
def replica_stands_still(bench) -> Planted:
    bench.limit("replication_lag", megabytes="1")
    with receiver(bench, bench.folder):
        yield "pg_receivewal"


@fault("replication_slot_behind")
def reader_stands_still(bench) -> Planted:
    bench.limit("replication_slot_behind", megabytes="1")
    with receiver(bench, bench.folder):
        yield "reader"


@fault("replica_gone")
def replica_of_yesterday(bench) -> Planted:
    bench.admin.execute(
        "insert into maint.health_samples (taken_at, figures) "
        "select now() - n * interval '1 hour', %s::jsonb from generate_series(1, 8) as n",
        [json.dumps({"replicas": ["standby 1"]})],
    )
    yield "standby 1"
    bench.do("truncate maint.health_samples")


@fault("replication_slot_inactive")
def slot_nobody_reads(bench) -> Planted:
    bench.limit("replication_slot_inactive", megabytes="1")
    bench.do("select pg_create_physical_replication_slot('idle', true)")
    bench.do("select pg_logical_emit_message(false, 'p', repeat('x', 2000000))")
    yield "idle"
    bench.do("select pg_drop_replication_slot('idle')")


@fault("replication_slot_lost")
def slot_that_lost_its_wal(bench) -> Planted:
    bench.do("select pg_create_physical_replication_slot('lost', true)")
    bench.do("alter system set max_slot_wal_keep_size = '1MB'", "select pg_reload_conf()")
    for _ in range(4):
        bench.do("select pg_logical_emit_message(true, 'p', 'x')", "select pg_switch_wal()")
    eventually(lambda: bench.do("checkpoint") or _is_lost(bench), 20)
    yield "lost"
    bench.do("select pg_drop_replication_slot('lost')")
    bench.do("alter system reset max_slot_wal_keep_size", "select pg_reload_conf()")


def _is_lost(bench) -> bool:
    rows = bench.admin.execute("select from pg_replication_slots where wal_status = 'lost'")
    return rows.fetchone() is not None


@fault("subscription_stopped")
def subscription_without_worker(bench) -> Planted:
    bench.do(
        "create subscription \"Sub\" connection 'host=/nowhere' publication p "
        "with (connect = false)",
        'alter subscription "Sub" enable',
    )
    yield "Sub"
    bench.do(
        'alter subscription "Sub" disable', 'alter subscription "Sub" set (slot_name = none)',
        'drop subscription "Sub"',
    )  # fmt: skip


@fault("wal_growing")
def wal_kept_for_a_slot(bench) -> Planted:
    bench.limit("wal_growing", megabytes="1")
    bench.do("select pg_create_physical_replication_slot('keeper', true)")
    for _ in range(8):
        bench.do("select pg_logical_emit_message(true, 'p', 'x')", "select pg_switch_wal()")
    yield "pg_wal"
    bench.do("select pg_drop_replication_slot('keeper')", "checkpoint")


@fault("checkpoints_forced")
def checkpoint_after_checkpoint(bench) -> Planted:
    bench.pass_an_hour()
    for _ in range(8):
        bench.do("select pg_current_xact_id()", "checkpoint")
    yield "checkpoints"


@fault("temporary_files")
def sorts_on_the_disk(bench) -> Planted:
    bench.limit("temporary_files", megabytes_an_hour="1")
    bench.pass_an_hour()
    bench.do(
        "set work_mem = '64kB'", "set enable_hashagg = off",
        "select count(*) from (select distinct md5(n::text) from generate_series(1, 200000) as n) "
        "as sorted",
        "select pg_stat_force_next_flush()",
    )  # fmt: skip
    yield "temporary files"


@fault("cache_hits_dropped")
def memory_that_is_too_small(bench) -> Planted:
    bench.pass_an_hour()
    bench.do("""
        insert into maint.health_samples (taken_at, figures)
        select taken_at - n * interval '1 hour', figures || jsonb_build_object(
            'blocks_hit', (figures ->> 'blocks_hit')::bigint - 1000000 - n * 100000,
            'blocks_read', (figures ->> 'blocks_read')::bigint - 1000000 - n)
        from maint.health_samples cross join generate_series(1, 30) as n
    """)
    bench.do("""
        update maint.health_samples
        set figures = figures || jsonb_build_object(
            'blocks_read', (figures ->> 'blocks_read')::bigint - 1000000)
        where taken_at = (select max(taken_at) from maint.health_samples)
    """)
    yield "postgres"


@fault("slru_misses")
def subtransactions_from_the_disk(bench) -> Planted:
    bench.pass_an_hour()
    bench.do("""
        update maint.health_samples
        set figures = jsonb_set(figures, array['slru', name], '[0, -1000000]')
        from (select name from pg_stat_slru where name ilike 'subtrans%') as slru
    """)
    yield bench.admin.execute(
        "select name from pg_stat_slru where name ilike 'subtrans%'"
    ).fetchone()[0]


@fault("deadlocks")
def circle(bench) -> Planted:
    bench.limit("deadlocks", an_hour="0.5")
    bench.do("create table public.a (id integer)", "create table public.b (id integer)")
    bench.pass_an_hour()
    with closing(bench.session()) as one, closing(bench.session()) as two:
        one.execute("begin; lock table public.a")
        two.execute("begin; lock table public.b")
        one.pgconn.send_query(b"lock table public.b")
        with suppress(psycopg.errors.DeadlockDetected):
            two.execute("lock table public.a")
        one.cancel()
    eventually(lambda: _deadlocks(bench) > 0, 20)
    yield "postgres"
    bench.do("drop table public.a, public.b")


def _deadlocks(bench) -> int:
    return bench.admin.execute(
        "select deadlocks from pg_stat_database where datname = current_database()"
    ).fetchone()[0]


@fault("rollbacks_many")
def program_that_fails(bench) -> Planted:
    bench.limit("rollbacks_many", at_least="100")
    bench.pass_an_hour()
    for _ in range(300):
        with suppress(psycopg.errors.DivisionByZero):
            bench.admin.execute("select 1 / 0")
    bench.do("select pg_stat_force_next_flush()")
    yield "postgres"


@fault("autovacuum_behind")
def dead_rows(bench) -> Planted:
    bench.limit("autovacuum_behind", after="1 microsecond")
    bench.do(
        'create table public."Dead" as select n from generate_series(1, 5000) as n',
        'analyze public."Dead"', 'delete from public."Dead" where n < 4000',
        "select pg_stat_force_next_flush()",
    )  # fmt: skip
    yield 'public."Dead"'
    bench.do('drop table public."Dead"')


@fault("statistics_stale")
def bulk_load(bench) -> Planted:
    bench.limit("statistics_stale", after="1 microsecond")
    bench.do(
        "create table public.loaded as select n from generate_series(1, 1000) as n",
        "analyze public.loaded",
        "insert into public.loaded select n from generate_series(1, 9000) as n",
        "select pg_stat_force_next_flush()",
    )
    yield "public.loaded"
    bench.do("drop table public.loaded")


@fault("table_never_analyzed")
def unknown_table(bench) -> Planted:
    bench.limit("table_never_analyzed", after="1 microsecond")
    bench.do(
        "create table public.unknown as select n from generate_series(1, 20000) as n",
        "select pg_stat_force_next_flush()",
    )
    yield "public.unknown"
    bench.do("drop table public.unknown")


@fault("table_never_analyzed")
def unknown_partitioned_table(bench) -> Planted:
    bench.limit("table_never_analyzed", after="1 microsecond")
    bench.do(
        "create table public.parts (id integer) partition by range (id)",
        "create table public.part partition of public.parts for values from (0) to (1000000)",
        "insert into public.parts select n from generate_series(1, 20000) as n",
        "analyze public.part",
    )
    yield "public.parts"
    bench.do("drop table public.parts")


@fault("freeze_due")
def wraparound_within_days(bench) -> Planted:
    bench.limit("freeze_due", megabytes="1")
    bench.do(
        "create table public.large as "
        "select n, repeat('x', 100) from generate_series(1, 20000) as n",
        "analyze public.large",
    )
    bench.pass_an_hour()
    bench.do("""
        insert into maint.health_samples (taken_at, figures)
        select taken_at - interval '1 day', figures || jsonb_build_object(
            'transaction_ids', (figures ->> 'transaction_ids')::bigint - 150000000)
        from maint.health_samples
    """)
    yield "public.large"
    bench.do("drop table public.large")


@fault("freeze_due")
def vacuum_that_does_not_get_it_done(bench) -> Planted:
    bench.do(
        "create table public.old (id integer) with (autovacuum_freeze_max_age = 100000)",
        "insert into public.old values (1)",
    )
    bench.limit("freeze_due", overdue="0.0001")
    bench.burn(20)
    yield "public.old"
    bench.do("drop table public.old")


@fault("transaction_ids_near_end")
def old_database(bench) -> Planted:
    bench.limit("transaction_ids_near_end", used="0.000000001")
    yield "postgres transaction id"


@fault("sequence_near_end")
def full_sequence(bench) -> Planted:
    bench.do(
        "create table public.filled (id serial)",
        "select setval('public.filled_id_seq', 2000000000)",
        "grant select on public.filled_id_seq to maint_owner",
    )
    yield "public.filled_id_seq"
    bench.do("drop table public.filled")


@fault("minor_version_behind")
def newer_version(bench) -> Planted:
    bench.limit("minor_version_behind", newest="15.99, 16.99, 17.99, 18.99")
    yield "PostgreSQL"


@fault("version_unsupported")
def version_that_ended(bench) -> Planted:
    bench.limit("version_unsupported", ends="15 2020-01-01, 16 2020-01-01, 18 2020-01-01")
    yield "PostgreSQL"


@fault("disk_filling")
def full_disk(bench) -> Planted:
    bench.limit("disk_filling", free="0.999999", gigabytes="1000000")
    yield "the data directory"


@fault("archiver_failing")
def archive_that_is_gone(bench) -> Planted:
    yield from _archive_gone(bench, "archiver")


@fault("archive_backlog")
def archive_that_does_not_keep_up(bench) -> Planted:
    bench.limit("archive_backlog", segments="1")
    yield from _archive_gone(bench, "archive_status")


def _archive_gone(bench, found_at: str) -> Planted:
    bench.do("alter system set archive_command = '/bin/false'", "select pg_reload_conf()")
    for _ in range(3):
        bench.do("select pg_logical_emit_message(true, 'p', 'x')", "select pg_switch_wal()")
    eventually(lambda: _archiver_failed(bench), 90)
    yield found_at
    bench.do("alter system set archive_command = '/bin/true'", "select pg_reload_conf()")


def _archiver_failed(bench) -> bool:
    return bench.admin.execute(
        "select last_failed_time > coalesce(last_archived_time, '-infinity') from pg_stat_archiver"
    ).fetchone()[0]


def test_each_check_has_a_planted_fault(bench):
    rows = bench.owner.execute("select name from maint.enabled_checks('health') as name").fetchall()
    # Tested below.
    elsewhere = {
        "checksum_failures", "synchronous_replica_missing", "statements_evicted",
        "certificate_expiring",
    }  # fmt: skip
    assert {row["name"] for row in rows} == {check for check, _ in FAULTS.values()} | elsewhere
    assert len(FAULTS) >= 30


@pytest.mark.parametrize("name", spread(FAULTS, 8))
def test_a_fault_is_seen_within_one_run_and_gone_with_it(name, bench, tmp_path):
    check, plant = FAULTS[name]
    bench.folder = tmp_path
    before = bench.findings(check)
    with plant(bench) as expected:
        results = bench.results()
        assert [r for r in results.values() if r["status"] == "failed"] == []
        found = {finding["object"]: finding for finding in results[check]["sample"]}
        assert expected in set(found) - set(before), results[check]
        judge(found[expected], check)
    bench.do("update maint.check_thresholds set value = null", "truncate maint.health_samples")
    if not check.startswith("archive"):  # the archiver tries again within a minute
        assert expected not in bench.findings(check)


def judge(finding: dict, check: str) -> None:
    assert finding["fingerprint"] == f"{check}:{finding['object']}"
    assert finding["severity"] in ("low", "medium", "high", "critical")
    assert finding["detail"].endswith(".") and finding["remediation"] and finding["metadata"]


def test_the_chain_is_told_to_its_root_and_the_fix_frees_everybody(bench):
    with contextmanager(queue_behind_a_change)(bench) as at:
        found = bench.findings("session_blocked")[at]
        assert found["detail"].startswith("2 sessions wait since ")
        assert found["detail"].count("postgres (planted)") == 3
        assert "idle in transaction since" in found["detail"]
        assert 'AccessShareLock on public."wait here"' in found["detail"]
        bench.do(found["metadata"]["fix"])
        eventually(lambda: _waiting(bench) == 0, 10)


def test_what_may_not_be_seen_is_said_and_never_passed(owner):
    results = {r["check"]: r for r in run_checks(owner, "health")[1]}
    for check in ("transaction_long", "transaction_idle", "replication_lag"):
        assert results[check]["status"] == "not_applicable"
        assert "pg_read_all_stats" in results[check]["problem"]
    assert "pg_ls_waldir" in results["wal_growing"]["problem"]
    for check in ("deadlocks", "cache_hits_dropped", "checkpoints_forced"):
        assert "no earlier sample" in results[check]["problem"]
    for check in ("disk_filling", "certificate_expiring"):
        assert "has not looked yet" in results[check]["problem"]
    look_from_outside(owner)
    results = {r["check"]: r for r in run_checks(owner, "health")[1]}
    assert "shows no certificate" in results["certificate_expiring"]["problem"]
    assert "where the data is can't be seen" in results["disk_filling"]["problem"]
    assert [r for r in results.values() if r["status"] == "failed"] == []
