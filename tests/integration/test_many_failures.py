"""Failed backups in numbers: portions, one message for all, no look where nobody wrote."""

import time

import pytest

from maint_pipeline.alerts.messages import MOST_IN_DETAIL, alert_message
from maint_pipeline.alerts.outbox import due_notifications, register_channels, waiting_channels
from maint_pipeline.checks.run import sync_check
from maint_pipeline.sensors import backup_failures
from maint_pipeline.sensors.backup_failures import Look, watch_backup_failures
from maint_pipeline.settings import Settings
from tests.dev import eventually

pytestmark = [pytest.mark.full, pytest.mark.any_version]

FAIL = """
with many as (
    insert into public.orgs (name) select 'org ' || i from generate_series(1, %s) as i returning id
)
insert into public.backup_runs (org_id, status, started_at, finished_at)
select id, 'failed', now() - interval '1 hour', now() - interval '1 hour' from many
"""
SUCCEED = """
insert into public.backup_runs (org_id, status, started_at, finished_at, rows_count, file_url)
select id, 'ok', now(), now(), 10, 's3://b/f' from public.orgs
"""


def test_portions_raise_everything_once(superuser, owner):
    register_channels(owner, ["ops"], "low")
    superuser.execute(FAIL, [25])
    assert sync_check(owner, "backup_failed", most=10)["created"] == 25
    assert sync_check(owner, "backup_failed", most=10) == {
        "created": 0, "repeated": 0, "reopened": 0, "resolved": 0,
    }  # fmt: skip
    assert len(due_notifications(owner, "ops")) == 25


def test_what_does_not_fit_into_a_tick_is_the_next_ones(superuser, owner):
    superuser.execute(FAIL, [25])
    raised = [sync_check(owner, "backup_failed", seconds=-1, most=10)["created"] for _ in "1234"]
    assert raised == [10, 10, 5, 0]


def test_one_message_tells_of_all_of_them(superuser, owner):
    register_channels(owner, ["ops", "idle"], "low")
    superuser.execute("update maint.notification_channels set min_severity = 'critical' "
                      "where name = 'idle'")  # fmt: skip
    superuser.execute(FAIL, [150])
    sync_check(owner, "backup_failed")
    assert waiting_channels(owner, ["ops", "idle"]) == ["ops"]
    due = due_notifications(owner, "ops")
    message = alert_message(due, Settings(), "app")
    assert message.subject == "[app] 150 high alerts"
    assert "and 140 more" in message.text
    assert message.text.count("Read the run's notes") == MOST_IN_DETAIL


WRITES = {
    "a failure": FAIL.replace("%s", "1"),
    "a success": SUCCEED,
    "an organization that is gone": "update public.orgs set deleted_at = now()",
    "an alert that somebody resolved": "update public.security_alerts set resolved = true",
    "a finding that is ignored": "insert into maint.ignored_findings "
    "(fingerprint, reason, ignored_by) select fingerprint, 'known', '{}' "
    "from public.security_alerts",
    "a threshold": "update maint.check_thresholds set value = '30 minutes' "
    "where check_name = 'backup_failed' and name = 'within'",
    "a table that was emptied": "truncate public.backup_runs",
}


def settled(owner) -> Look:
    """Watch until a second look isn't needed: what was written is reported by then."""
    looks = [watch_backup_failures(owner, 0)[1]]

    def is_settled() -> bool:
        looks.append(watch_backup_failures(owner, 0, looks[-1])[1])
        return looks[-1] == looks[-2]

    eventually(is_settled)
    return looks[-1]


@pytest.mark.parametrize("write", WRITES)
def test_it_looks_again_when_somebody_has_written(superuser, owner, write):
    superuser.execute(FAIL, [1])
    sync_check(owner, "backup_failed")
    report(superuser, owner)
    look = settled(owner)
    superuser.execute(WRITES[write])
    report(superuser)
    eventually(lambda: watch_backup_failures(owner, 0, look)[1] != look)


def report(*connections) -> None:
    """Have sessions report their writes now, where the server lets us say so."""
    for connection in connections:
        connection.execute("select pg_stat_force_next_flush()")


def test_it_looks_again_after_a_minute_and_after_the_clock_was_set_back(owner, monkeypatch):
    look = settled(owner)
    assert watch_backup_failures(owner, 0, look)[1] == look
    for at in (look.at + backup_failures.LOOK_AGAIN_SECONDS + 1, look.at - 3600):
        monkeypatch.setattr(backup_failures, "time", lambda at=at: at)
        assert watch_backup_failures(owner, 0, look)[1].at == at


def test_a_view_is_looked_at_every_time(superuser, owner):
    superuser.execute("alter table public.orgs rename to all_orgs")
    superuser.execute("create view public.orgs as select * from public.all_orgs")
    stamp = owner.execute("select maint.write_stamp(array['organizations.id']) as stamp").fetchone()
    assert stamp["stamp"] is None
    first = watch_backup_failures(owner, 0)[1]
    time.sleep(0.01)
    assert watch_backup_failures(owner, 0, first)[1].at > first.at
