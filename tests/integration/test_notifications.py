"""What people are told: each change of an alert once, to the channels that want it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from maint_pipeline.alerts.channels import DeliveryError
from maint_pipeline.alerts.outbox import register_channels, retry_dead
from maint_pipeline.settings import Settings
from tests.delivery import tell_all
from tests.smtp import mail_server

pytestmark = pytest.mark.any_version

SETTINGS = Settings(notify_min_severity="medium", ui_url="https://dagster.example.com/")


class Recorded:
    """A channel that keeps what it is told; what it refuses is in `broken`."""

    def __init__(self, name: str = "ops"):
        self.name, self.messages, self.broken = name, [], False

    def send(self, message):
        if self.broken:
            raise DeliveryError("no route")
        self.messages.append(message)

    @property
    def subjects(self) -> list[str]:
        told = [message.subject.partition("] ")[2] for message in self.messages]
        self.messages.clear()
        return told


@pytest.fixture
def ops(owner) -> Recorded:
    channel = Recorded()
    tell(owner, channel)
    return channel


def tell(owner, *channels: Recorded) -> dict[str, int]:
    return tell_all(owner, {channel.name: channel for channel in channels}, SETTINGS)


def sync(owner, *things: str, severity: str = "high", category: str = "security") -> None:
    """One evaluation of a check; things it doesn't see for the first time are resolved."""
    sync_as(owner, "check", *things, severity=severity, category=category)


def sync_as(
    owner, check: str, *things: str, severity: str = "high", category: str = "security"
) -> None:
    findings = [
        {
            "name": check, "title": f"Title of {thing}", "severity": severity, "object": thing,
            "category": category, "detail": f"detail of {thing}", "remediation": "Mend it.",
            "fingerprint": f"{check}:{thing}", "metadata": {},
        }
        for thing in things
    ]  # fmt: skip
    owner.execute("select maint.sync_alerts(%s, %s::jsonb, 1)", [check, json.dumps(findings)])


def route(superuser, **changes) -> None:
    columns = ", ".join(f"{name} = %s" for name in changes)
    superuser.execute(f"update maint.notification_channels set {columns}", [*changes.values()])


def states(owner) -> list[str]:
    rows = owner.execute("select state from maint.notifications order by id").fetchall()
    return [row["state"] for row in rows]


def test_raised_once_and_resolved_once(owner, ops):
    for _ in range(3):
        sync(owner, "a")
        tell(owner, ops)
    assert ops.subjects == ["HIGH: detail of a"]
    sync(owner)
    tell(owner, ops)
    tell(owner, ops)
    assert ops.subjects == ["resolved: detail of a"]
    sync(owner, "a")
    tell(owner, ops)
    assert "Back again" in ops.messages[0].text and ops.subjects == ["HIGH: detail of a"]


def test_it_commits_with_the_alert(owner, ops):
    with owner.transaction(force_rollback=True):
        sync(owner, "a")
    assert tell(owner, ops) == {"sent": 0, "failed": 0} and states(owner) == []


def test_nobody_hears_of_a_resolution_whose_alert_they_never_heard_of(owner, ops):
    sync(owner, "a")
    sync(owner)
    assert tell(owner, ops)["sent"] == 0 and states(owner) == ["dropped", "dropped"]
    sync(owner, "b", severity="low")
    sync(owner)
    assert tell(owner, ops)["sent"] == 0


def test_what_changes_while_it_waits_is_told_once(owner, ops):
    sync(owner, "a", severity="medium")
    tell(owner, ops)
    sync(owner, "a", severity="high")
    sync(owner)
    sync(owner, "a", severity="critical")
    ops.messages.clear()
    assert tell(owner, ops)["sent"] == 1
    assert ops.subjects == ["CRITICAL: detail of a"]


def test_a_minimum_and_the_categories(superuser, owner, ops):
    sync(owner, "a", severity="low")
    assert tell(owner, ops)["sent"] == 0
    sync(owner, "a", severity="medium")
    assert "Severity increased" in told(owner, ops)
    route(superuser, min_severity="high", categories=["backups"])
    sync(owner, "b", severity="medium", category="backups")
    sync(owner, "c", severity="critical", category="security")
    text = told(owner, ops)
    assert "Resolved (medium): Title of a" in text
    assert "Title of b" not in text and "Title of c" not in text
    sync(owner, "d", severity="high", category="backups")
    assert "Title of d" in told(owner, ops)


def told(owner, channel) -> str:
    tell(owner, channel)
    text = "".join(message.text for message in channel.messages)
    channel.messages.clear()
    return text


def test_routes_of_several_channels(superuser, owner, ops):
    pager = Recorded("pager")
    tell(owner, ops, pager)
    superuser.execute(
        "update maint.notification_channels set min_severity = 'critical' where name = 'pager'"
    )
    sync(owner, "a", severity="high")
    tell(owner, ops, pager)
    assert ops.subjects == ["HIGH: detail of a"] and pager.subjects == []
    sync(owner, "a", severity="critical")
    tell(owner, ops, pager)
    assert ops.subjects == pager.subjects == ["CRITICAL: detail of a"]


def test_a_channel_that_fails_holds_up_no_other(owner, ops):
    pager = Recorded("pager")
    tell(owner, ops, pager)
    ops.broken = True
    sync(owner, "a")
    assert tell(owner, ops, pager) == {"sent": 1, "failed": 1}
    assert pager.subjects == ["HIGH: detail of a"]


def test_a_new_channel_hears_of_what_is_open(owner):
    sync(owner, "a", "b")
    sync(owner, "b")
    ops = Recorded()
    assert tell(owner, ops)["sent"] == 1
    assert ops.subjects == ["HIGH: detail of b"]
    # One that is taken away and comes back hears of what it missed only.
    register_channels(owner, [], "medium")
    sync(owner, "b", "c")
    tell(owner, ops)
    assert ops.subjects == ["HIGH: detail of c"]


def test_many_at_once_are_one_digest(superuser, owner, ops):
    sync(owner, *"abcd")
    tell(owner, ops)
    assert len(ops.subjects) == 4
    sync(owner, *"abcd", *(f"x{number}" for number in range(150)))
    assert tell(owner, ops)["sent"] == 150
    (message,) = ops.messages
    assert message.subject.endswith("150 high alerts")
    assert message.text.count("What to do") == message.html.count("What to do") == 10
    assert "and 140 more" in message.text and "and 140 more" in message.html


def test_a_silence_is_kept_and_broken(superuser, owner, ops):
    sync(owner, "a")
    superuser.execute(
        "select silence_security_alert(id, now() + interval '1 day') from public.security_alerts"
    )
    assert tell(owner, ops)["sent"] == 0 and states(owner) == ["dropped"]
    sync(owner, "a", severity="medium")
    assert tell(owner, ops)["sent"] == 0
    sync(owner, "a", severity="critical")
    tell(owner, ops)
    assert ops.subjects == ["CRITICAL: detail of a"]


def test_quiet_hours_are_for_all_but_critical(superuser, owner, ops):
    now = datetime.now(UTC)
    route(
        superuser,
        quiet_from=(now - timedelta(hours=1)).time(),
        quiet_until=(now + timedelta(hours=1)).time(),
    )
    sync(owner, "a", "b")
    assert tell(owner, ops)["sent"] == 0
    sync(owner, "c", "a", "b", severity="critical")
    assert tell(owner, ops)["sent"] == 3
    sync(owner, "d")
    ops.messages.clear()
    assert tell(owner, ops)["sent"] <= 3  # the resolutions of critical ones
    route(superuser, quiet_from=None, quiet_until=None)
    ops.messages.clear()
    tell(owner, ops)
    assert ops.subjects == ["HIGH: detail of d"]


@pytest.mark.parametrize(
    ("moment", "zone", "is_quiet"),
    [
        ("2026-03-28 23:30+00", "UTC", True),
        ("2026-03-29 04:59+00", "UTC", True),
        ("2026-03-29 07:00+00", "UTC", False),
        # Berlin goes to summer time that night: 07:00 there is 05:00 UTC.
        ("2026-03-29 04:59+00", "Europe/Berlin", True),
        ("2026-03-29 05:00+00", "Europe/Berlin", False),
    ],
)
@pytest.mark.usefixtures("ops")
def test_quiet_hours_past_midnight(superuser, owner, moment, zone, is_quiet):
    route(superuser, quiet_from="22:00", quiet_until="07:00", time_zone=zone)
    row = owner.execute(
        "select maint.is_quiet(channel, %s) as q from maint.notification_channels as channel",
        [moment],
    ).fetchone()
    assert row["q"] is is_quiet


def test_gathering_for_a_while(superuser, owner, ops):
    route(superuser, group_wait="1 hour")
    sync(owner, "a", "b")
    assert tell(owner, ops)["sent"] == 0
    superuser.execute(
        "update maint.notifications set created_at = created_at - interval '61 minutes'"
    )
    assert tell(owner, ops)["sent"] == 2


def test_what_fails_is_tried_again_and_given_up_in_the_end(superuser, owner, ops, cli):
    sync(owner, "a")
    ops.broken = True
    waits = []
    for _ in range(24):
        assert tell(owner, ops)["failed"] == 1
        assert tell(owner, ops)["failed"] == 0  # not due yet
        row = owner.execute(
            "select extract(epoch from due_at - clock_timestamp()) as wait, state, problem "
            "from maint.notifications"
        ).fetchone()
        waits.append(row["wait"])
        superuser.execute("update maint.notifications set due_at = now()")
    assert row["state"] == "dead" and row["problem"] == "no route"
    assert waits[:7] == sorted(waits[:7]) and 25 < waits[0] < 31 and max(waits) <= 3600
    assert tell(owner, ops)["failed"] == 0

    answer = cli("doctor")
    assert answer.returncode == 1 and "1 given up, 0 being retried: no route" in answer.stdout
    assert cli("notifications", "retry").stdout == "1 notifications wait again.\n"
    ops.broken = False
    assert tell(owner, ops)["sent"] == 1 and ops.subjects == ["HIGH: detail of a"]
    assert retry_dead(owner) == 0


def test_one_message_that_is_refused_holds_up_no_other(owner, ops):
    honest = ops.send

    def send(message):
        if "Title of a" in message.text:
            raise DeliveryError("552 too large")
        honest(message)

    ops.send = send
    sync(owner, "a", "b", "c")
    assert tell(owner, ops) == {"sent": 2, "failed": 1}
    assert sorted(ops.subjects) == ["HIGH: detail of b", "HIGH: detail of c"]


def test_a_message_can_be_acted_on(superuser, owner, ops):
    owner.execute("select set_config('maint.dagster_run_id', 'abc-123', false)")
    sync(owner, "<b>bold</b>")
    tell(owner, ops)
    (message,) = ops.messages
    alert = owner.execute("select id from public.security_alerts").fetchone()
    for words in (
        "New (high): Title of <b>bold</b>",
        "detail of <b>bold</b>",
        "Seen:        once, last 20",
        "What to do:  Mend it.",
        f"maint alerts ack {str(alert['id'])[:8]}\n",
        "maint checks explain check\n",
        "https://dagster.example.com/runs/abc-123",
    ):
        assert words in message.text
    assert "<b>bold</b>" not in message.html and "&lt;b&gt;bold" in message.html
    assert 'href="https://dagster.example.com/runs/abc-123"' in message.html


def test_the_first_mail_counts_by_check_and_shows_ten(owner):
    ops = Recorded()
    sync(owner, *(f"thing {number:02}" for number in range(41)))
    sync_as(owner, "other", "the worst", severity="critical")
    tell(owner, ops)
    (message,) = ops.messages
    assert message.subject.endswith("1 critical, 41 high alerts")
    for text in (message.text, message.html):
        words = " ".join(text.split())
        assert words.count("Mend it.") == 10 and "and 32 more alerts: " in words
        assert words.index("Title of the worst") < words.index("Title of thing")
    assert "   41 high      check: Title of thing" in message.text
    assert "    1 critical  other: Title of the worst" in message.text


def test_without_a_run_there_is_no_link_to_one(owner, ops):
    owner.execute("select set_config('maint.dagster_run_id', '', false)")
    sync(owner, "a")
    tell(owner, ops)
    (message,) = ops.messages
    assert "/runs" not in message.text and "/runs" not in message.html
    assert "docs/checks.md#check" in message.text and "docs/checks.md#check" in message.html


@pytest.mark.parametrize(
    ("alert", "subject"),
    [
        (("task_failed", "cleanup_old_audit_logs failed: permission denied for table audit_logs",
          "cleanup_old_audit_logs failed at 2026-11-27 02:00 UTC: permission denied"),
         "HIGH: cleanup_old_audit_logs failed: permission denied for table audit_logs"),
        (("backup_failed", "Backup failed", 'The backup of organization "Alder Ceramics" failed.'),
         'HIGH: The backup of organization "Alder Ceramics" failed'),
        (("check", "Title", "word " * 60), "HIGH: " + "word " * 21 + "…"),
        (("check", "Title", "one\nSubject: two"), "HIGH: one"),
    ],
)  # fmt: skip
def test_a_subject_says_what_happened_and_to_what(owner, ops, alert, subject):
    kind, title, detail = alert
    finding = {
        "name": kind, "title": title, "severity": "high", "object": "x", "detail": detail,
        "category": "maintenance", "remediation": "r", "fingerprint": f"{kind}:x", "metadata": {},
    }  # fmt: skip
    owner.execute("select maint.sync_alerts(%s, %s::jsonb)", [kind, json.dumps([finding])])
    tell(owner, ops)
    assert ops.subjects == [subject]


def test_a_failed_task_links_its_own_run(owner):
    ops = Recorded()
    finding = {
        "name": "task_failed", "title": "t", "severity": "high", "object": "x", "detail": "d",
        "category": "maintenance", "remediation": "r", "fingerprint": "task_failed:x",
        "metadata": {"dagster_run_id": "its-own"},
    }  # fmt: skip
    owner.execute("select maint.sync_alerts('task_failed', %s::jsonb)", [json.dumps([finding])])
    tell(owner, ops)
    assert "https://dagster.example.com/runs/its-own\n" in ops.messages[0].text


def test_old_notifications_are_forgotten_when_their_alert_is_closed(superuser, owner, ops):
    sync(owner, "a", "b")
    tell(owner, ops)
    superuser.execute("update maint.notifications set settled_at = settled_at - interval '91 days'")
    sync(owner, "b")
    tell(owner, ops)
    rows = owner.execute("select event from maint.notifications order by id").fetchall()
    assert [row["event"] for row in rows] == ["raised", "resolved"]


def test_channels_and_test_messages_on_the_command_line(cli, superuser):
    with mail_server() as mailbox:
        with_mail = cli.with_variables(MAINT_NOTIFY_URLS=f"ops={mailbox.url()}")
        assert with_mail("notifications", "test").stdout == "ops: accepted\n"
        assert mailbox.mails[0]["Subject"] == "Test of maint_pipeline"
        (row,) = with_mail.json("notifications", "channels")
    assert row["name"] == "ops" and row["min_severity"] == "medium" and row["waiting"] == 0
    answer = with_mail("notifications", "test")
    assert answer.returncode == 1 and "ops: failed: 127.0.0.1:" in answer.stdout
    answer = cli("notifications", "test")
    assert answer.returncode == 2 and "set MAINT_NOTIFY_URLS" in answer.stderr
    wrong = cli.with_variables(MAINT_NOTIFY_URLS="foo://secret@host")
    answer = wrong("notifications", "test")
    assert answer.returncode == 2 and "secret" not in answer.stderr
