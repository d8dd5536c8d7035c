"""maintenance_health: each question answered with why, and the figures that are plotted."""

from datetime import UTC, datetime

import pytest

from maint_pipeline.alerts.tasks import MissedRun, sync_missed_runs
from maint_pipeline.checks.run import run_checks
from maint_pipeline.ops.maintenance_health import figures_by_asset
from maint_pipeline.reports.health import HEALTH_CHECKS, check_health, health_figures
from tests.application import CREATE_OLD_ROWS

ALERT = (
    "insert into public.security_alerts (alert_type, severity, title, description, fingerprint, "
    "details) values ('row_security_off', %s, 'Table exposed', 'public.notes', 'x:1', %s)"
)
PROVEN = (
    "insert into maint.restore_tests (source, started_at, finished_at, is_proven) "
    "values ('s', now(), now() - interval '{}', true)"
)
DEAD_MESSAGE = (
    "insert into maint.notifications (alert_id, channel, event, severity, state, problem) "
    "values (gen_random_uuid(), 'ops', 'raised', 'high', 'dead', 'refused')"
)
RUN = (
    "insert into public.maintenance_task_runs (task_name, status, started_at, finished_at, "
    "details, error_message) values ('cleanup_old_audit_logs', %s, now(), now(), %s, %s)"
)


def answers(owner) -> dict[str, tuple[bool, str]]:
    return {j.name: (j.ok, j.reason) for j in check_health(owner)}


def test_a_new_database_is_well_but_for_the_restore_that_nobody_tried(owner):
    seen = answers(owner)
    assert set(seen) == set(HEALTH_CHECKS)
    assert [name for name, (ok, _) in seen.items() if not ok] == ["restore_proven"]
    assert "MAINT_RESTORE_SOURCE" in seen["restore_proven"][1]
    (restore,) = [j for j in check_health(owner) if j.name == "restore_proven"]
    assert not restore.is_urgent


@pytest.mark.parametrize(
    ("question", "case"),
    [
        ("no_critical_alert", ((ALERT, ["critical", "{}"]), "Table exposed: public.notes",
         "update public.security_alerts set acknowledged_at = now()")),
        ("latest_runs_succeeded", ((RUN, ["failed", "{}", "no space"]), "no space",
         "update public.maintenance_task_runs set status = 'completed'")),
        ("backups_sound", ((ALERT, ["low", '{"category": "backups"}']), "Table exposed (1)",
         "update public.security_alerts set resolved = true")),
        ("restore_proven", ((PROVEN.format("9 days"), None), "Run verify_restore",
         PROVEN.format("1 day"))),
        ("notifications_delivered", ((DEAD_MESSAGE, None), "ops: refused",
         "delete from maint.notifications")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_until_it_is_right(superuser, owner, question, case):
    plant, words, repair = case
    superuser.execute(
        "insert into maint.notification_channels (name, default_min_severity) values ('ops', 'low')"
    )
    superuser.execute(*plant)
    ok, said = answers(owner)[question]
    assert not ok and words in said
    superuser.execute(repair)
    assert answers(owner)[question][0]


def test_a_missed_run_and_a_check_that_errs(superuser, owner):
    sync_missed_runs(owner, [MissedRun("verify_backup_health", datetime.now(UTC), "Never ran.")])
    superuser.execute(
        "create or replace function maint.check_backup_failed() returns setof maint.finding "
        "language plpgsql as $$ begin raise 'broken'; end $$"
    )
    run_checks(owner, "backups")
    seen = answers(owner)
    late, unevaluated = seen["tasks_on_schedule"], seen["checks_evaluated"]
    assert not late[0] and "verify_backup_health" in late[1]
    assert not unevaluated[0] and "backup_failed: " in unevaluated[1]


def test_how_old_a_proof_may_be_is_said_in_one_place(superuser, owner):
    superuser.execute(PROVEN.format("30 days"))
    assert not answers(owner)["restore_proven"][0]
    superuser.execute(
        "update maint.check_thresholds set value = '40 days' where check_name = 'restore_unproven'"
    )
    assert answers(owner)["restore_proven"][0]
    _, results = run_checks(owner, "backups")
    assert {r["check"]: r["findings"] for r in results}["restore_unproven"] == 0


def test_figures_are_numbers_and_the_unknown_is_left_out(superuser, owner):
    figures = health_figures(owner)
    assert "success_rate_of_7_days" not in figures and "hours_since_proven_restore" not in figures
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(RUN, ["completed", '{"deleted_count": 7}', None])
    superuser.execute(RUN, ["failed", "{}", "no"])
    superuser.execute(PROVEN.format("2 hours"))
    superuser.execute(ALERT, ["high", "{}"])
    superuser.execute("insert into public.orgs (name) values ('Acme')")
    run_checks(owner, "backups")
    figures = health_figures(owner)
    assert figures["success_rate_of_7_days"] == 0.5
    assert figures["rows_deleted_of_24_hours"] == 7
    assert figures["organizations_without_backup"] == 1
    assert figures["open_alerts_high"] == 2 and figures["open_alerts_critical"] == 0
    assert 1.9 < figures["hours_since_proven_restore"] < 2.1
    assert figures["audit_logs_bytes"] > 8192
    shares = figures_by_asset(figures)
    assert "hours_since_proven_restore" in shares["backups"]
    assert figures == {name: value for share in shares.values() for name, value in share.items()}
