"""Each check of health: the fault is planted, seen within one run, and gone when it is repaired."""

from contextlib import closing, contextmanager

import psycopg
import pytest

from maint_pipeline.checks.run import run_checks
from maint_pipeline.health.views import look_from_outside
from maint_pipeline.installation.install import install, open_server_views
from maint_pipeline.sample import create_sample_application
from tests.dev import eventually
from tests.health_faults import FAULTS, Bench
from tests.health_faults.sessions import queue_behind_a_change, waiting
from tests.seeds import spread
from tests.server import fresh_server

OPTIONS = (
    "-c max_connections=40 -c max_prepared_transactions=5 -c wal_level=logical "
    "-c max_logical_replication_workers=0 -c autovacuum_naptime=1h -c max_wal_size=32MB "
    "-c min_wal_size=32MB -c archive_mode=on"
)


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
        eventually(lambda: waiting(bench) == 0, 10)


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
