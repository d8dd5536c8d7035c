"""A newcomer's hour with `maint dev`: jobs launched, killed, canceled, started twice."""

import json
import signal

import psutil
import pytest

from maint_pipeline.settings import SECRETS
from tests.attacks import BODY, IN_URL, runs, send
from tests.dev import TERMINATE, eventually, maint

CLEANUP = "cleanup_old_audit_logs"
EXPIRED = "select count(*) from audit_logs where time < now() - interval '90 days'"

CODE_SERVER = "api grpc"
WEB_SERVER, DAEMON = "maint_pipeline.instance.web", "maint_pipeline.instance.leader"


def slow_purge(dev) -> str:
    """Launch a purge that takes minutes, and wait until it deletes."""
    dev.sql(
        "insert into audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'invoice', 'read', (select id from profiles limit 1), "
        "now() - interval '200 days', md5(i::text) from generate_series(1, 50000) as i"
    )
    run_id = dev.launch(CLEANUP, duty_percent=1)
    dev.working(run_id)
    return run_id


def test_the_sample_is_worth_looking_at(dev):
    (counts,) = dev.sql(
        "select (select count(*) from orgs) as orgs, (select count(*) from audit_logs) as logs, "
        "(select count(*) from security_alerts where not resolved) as open_alerts, "
        "(select count(*) from security_alerts where resolved) as resolved_alerts, "
        "(select count(*) from maintenance_task_runs) as task_runs"
    )
    assert counts["orgs"] == 50
    assert counts["logs"] >= 200_000
    assert counts["open_alerts"] > 10 and counts["resolved_alerts"] >= 5
    assert counts["task_runs"] > 100


def test_all_four_jobs_succeed_and_do_their_work(dev):
    assert dev.sql(EXPIRED)[0]["count"] > 50_000
    before = dev.sql("select count(*) from audit_logs")[0]["count"]
    tasks = (
        CLEANUP,
        "cleanup_old_security_alerts",
        "run_automated_security_checks",
        "verify_backup_health",
    )
    runs = {task: dev.launch(task) for task in tasks}
    assert {task: dev.finished(run_id) for task, run_id in runs.items()} == dict.fromkeys(
        tasks, "SUCCESS"
    )
    rows = {task: dev.ledger(run_id) for task, run_id in runs.items()}
    assert {row["status"] for row in rows.values()} == {"completed"}
    assert {row["trigger"] for row in rows.values()} == {"manual"}
    cutoff = rows[CLEANUP]["details"]["cutoff"]
    assert dev.sql("select id from audit_logs where time < %s", [cutoff]) == []
    after = dev.sql("select count(*) from audit_logs")[0]["count"]
    assert rows[CLEANUP]["details"]["deleted_count"] == before - after
    assert rows["cleanup_old_security_alerts"]["details"]["deleted_count"] > 0
    assert rows["run_automated_security_checks"]["details"]["findings"] >= 2
    assert rows["verify_backup_health"]["details"]["orgs_without_backup"] == 7


@pytest.mark.full
def test_the_run_page_has_the_outcome(dev):
    run_id = dev.launch("verify_backup_health")
    assert dev.finished(run_id) == "SUCCESS"
    query = """query ($id: ID!) { logsForRun(runId: $id) { ... on EventConnection { events {
      ... on ObservationEvent { metadataEntries { label } }
      ... on MaterializationEvent { assetKey { path } metadataEntries { label } } } } } }"""
    events = dev.graphql(query, id=run_id)["logsForRun"]["events"]
    labels = {entry["label"] for event in events for entry in event.get("metadataEntries", [])}
    assert {"status", "findings", "findings_table", "checks", "orgs_without_backup"} <= labels
    assert {"path": ["backups"]} in [event.get("assetKey") for event in events]


@pytest.mark.full
def test_a_dry_run_changes_nothing_and_shows_the_statement(dev):
    before = dev.sql("select count(*) from audit_logs")
    run_id = dev.launch(CLEANUP, dry_run=True, retention_days=1)
    assert dev.finished(run_id) == "SUCCESS"
    details = dev.ledger(run_id)["details"]
    assert details["expired_count"] > 0 and details["deleted_count"] == 0
    assert details["statement"].startswith("delete from public.audit_logs where")
    assert dev.sql("select count(*) from audit_logs") == before


@pytest.mark.parametrize("days", [0, "ninety"])
def test_bad_config_is_refused_before_a_run_exists(dev, days):
    runs = "{ runsOrError { ... on Runs { count } } }"
    before = dev.graphql(runs)
    answer = dev.try_launch(CLEANUP, retention_days=days)
    assert "retention_days" in json.dumps(answer)
    assert answer["__typename"] in ("RunConfigValidationInvalid", "PythonError")
    assert dev.graphql(runs) == before


@pytest.mark.full
def test_killing_a_run_ends_its_session_and_closes_its_row(dev):
    run_id = slow_purge(dev)
    dev.run_process().send_signal(signal.SIGKILL)
    eventually(lambda: not dev.sessions(CLEANUP))
    eventually(lambda: dev.ledger(run_id)["status"] == "failed")
    assert dev.ledger(run_id)["error_message"].startswith("worker lost")
    assert dev.finished(run_id) == "FAILURE"


@pytest.mark.full
def test_canceling_a_run_records_it_with_what_was_done(dev):
    run_id = slow_purge(dev)
    dev.graphql(TERMINATE, id=run_id)
    eventually(lambda: not dev.sessions(CLEANUP))
    assert dev.finished(run_id) == "CANCELED"
    row = dev.ledger(run_id)
    assert row["status"] == "canceled" and "deleted_count" in row["details"]["progress"]


@pytest.mark.full
def test_a_second_start_is_skipped_and_says_why(dev):
    first = slow_purge(dev)
    second = dev.launch(CLEANUP)
    assert dev.finished(second) == "SUCCESS"
    row = dev.ledger(second)
    assert row["status"] == "skipped"
    assert row["details"]["held_by"]["dagster_run_id"] == first
    dev.graphql(TERMINATE, id=first)
    assert dev.finished(first) == "CANCELED"


@pytest.mark.parametrize(
    "first_lines",
    [
        [f"GET {IN_URL} HTTP/1.1", "Host: 127.0.0.1:{port}"],
        ["POST /graphql HTTP/1.1", "Host: evil.example", "Content-Type: application/json"],
    ],
    ids=["in the URL", "another host"],
)
def test_a_foreign_page_starts_nothing(dev, first_lines):
    """test_guard.py has all the ways that a page could try."""
    before = runs(dev)
    lines = [line.replace("{port}", str(dev.port)) for line in first_lines]
    assert send(dev.port, lines, BODY)[0] == 403
    assert runs(dev) == before


def test_schedules_and_sensors_are_on(dev):
    query = """{ repositoriesOrError { ... on RepositoryConnection { nodes {
      schedules { name cronSchedule executionTimezone scheduleState { status } }
      sensors { name sensorState { status } } } } } }"""
    (repository,) = dev.graphql(query)["repositoriesOrError"]["nodes"]
    schedules = {s["name"]: s for s in repository["schedules"]}
    assert schedules[f"{CLEANUP}_schedule"]["cronSchedule"] == "0 2 * * *"
    running = {n for n, s in schedules.items() if s["scheduleState"]["status"] == "RUNNING"}
    upkeep = {"freeze_old_tables_schedule", "refresh_statistics_schedule"}
    assert schedules.keys() - running == upkeep and len(running) == 12
    assert [s["sensorState"]["status"] for s in repository["sensors"]] == ["RUNNING"]


def test_the_sensor_raises_an_alert_for_a_failed_backup(dev):
    (run,) = dev.sql(
        "insert into backup_runs (org_id, status, finished_at, notes) "
        "select org_id, 'failed', now(), 'no space' from backup_runs where status = 'ok' "
        "order by started_at desc limit 1 returning id"
    )
    alert = "select * from security_alerts where fingerprint = %s"
    found = eventually(lambda: dev.sql(alert, [f"backup_failed:{run['id']}"]))
    assert len(found) == 1 and found[0]["severity"] == "high"


@pytest.mark.full
def test_commands_beside_a_running_dev(dev):
    assert maint(dev.home, "psql", "-Atc", "select 40 + 2").stdout == "42\n"
    # A run before was killed: until the next one completes, the doctor says so.
    assert maint(dev.home, "run", "cleanup_old_audit_logs").returncode == 0
    doctor = maint(dev.home, "doctor")
    assert doctor.returncode == 0, doctor.stdout
    run = maint(dev.home, "run", "cleanup_old_security_alerts", "--json")
    assert run.returncode == 0, run.stderr
    (row,) = json.loads(run.stdout)
    assert row["status"] == "completed"
    assert dev.status(row["dagster_run_id"]) == "SUCCESS"
    history = json.loads(maint(dev.home, "history", "--json", "--days", "1").stdout)
    assert row["id"] in [entry["id"] for entry in history]
    assert dev.ledger(row["dagster_run_id"])["trigger"] == "cli"


def test_only_the_code_server_knows_secrets(dev):
    knows = {}
    for process in psutil.Process(dev.process.pid).children():
        command = " ".join(process.cmdline())
        for name in (CODE_SERVER, WEB_SERVER, DAEMON):
            if name in command:
                knows[name] = SECRETS & process.environ().keys()
    assert knows.keys() == {CODE_SERVER, WEB_SERVER, DAEMON}
    assert "MAINT_DATABASE_URL" in knows.pop(CODE_SERVER)
    assert not any(knows.values())
