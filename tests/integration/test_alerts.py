"""Findings into alerts: one open alert for each fingerprint, through its whole life."""

import json
import re
from pathlib import Path
from typing import get_args
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import maint_pipeline
from maint_pipeline.alerts import SEVERITIES as MOST_SEVERE_FIRST
from maint_pipeline.settings import Settings

NOTIFY_SEVERITIES = Settings.model_fields["notify_min_severity"].annotation
PACKAGE = Path(maint_pipeline.__file__).parent
SEVERITIES = list(reversed(MOST_SEVERE_FIRST))
ALL = "select * from public.security_alerts order by created_at, fingerprint"


def finding(thing: str, severity: str = "high") -> dict:
    return {
        "name": "check",
        "title": "Title",
        "severity": severity,
        "category": "security",
        "object": thing,
        "detail": f"detail of {thing}",
        "remediation": "Mend it.",
        "fingerprint": f"check:{thing}",
        "metadata": {},
    }


def sync(connection, *findings: dict) -> dict:
    return connection.execute(
        "select maint.sync_alerts('check', %s::jsonb) as changes", [json.dumps(findings)]
    ).fetchone()["changes"]


def test_the_order_of_severities_is_the_same_in_sql_and_python(owner):
    asked = owner.execute("select maint.severities() as all").fetchone()["all"]
    assert tuple(asked) == MOST_SEVERE_FIRST == get_args(NOTIFY_SEVERITIES)[::-1]
    for first in SEVERITIES:
        for second in SEVERITIES:
            row = owner.execute(
                "select maint.severity_above(%s, %s) as so", [first, second]
            ).fetchone()
            assert row["so"] == (SEVERITIES.index(first) > SEVERITIES.index(second))


def test_nobody_else_says_what_silenced_means():
    """maint.is_silenced() alone compares the time with a clock."""
    compared = re.compile(r"silenced_until[^,\n]*?(<|>)|(<|>)=?\s*[\w.]*silenced_until")
    found = [
        (file.name, line.strip())
        for file in PACKAGE.rglob("*.sql")
        for line in file.read_text().splitlines()
        if compared.search(line)
    ]
    assert found == []


def test_nobody_else_orders_severities():
    """One place in SQL, one in Python."""
    for file in (*PACKAGE.rglob("*.sql"), *PACKAGE.rglob("*.py")):
        assert "array_position(array['" not in file.read_text(), file


def test_what_raises_and_resolves_alerts_knows_no_check():
    """A check that knows when its alerts are over says so in maint.over_CHECK()."""
    names = {file.stem for file in PACKAGE.glob("checks/*/*.sql")}
    engine = (PACKAGE / "database/sql/30_alerts.sql").read_text()
    assert [name for name in sorted(names) if re.search(rf"\b{name}\b", engine)] == []


def test_a_repeat_never_makes_a_second_row(owner):
    assert sync(owner, finding("a"))["created"] == 1
    assert sync(owner, finding("a", "critical"))["repeated"] == 1
    (alert,) = owner.execute(ALL).fetchall()
    assert alert["occurrences"] == 2 and alert["severity"] == "critical"
    assert alert["last_seen_at"] > alert["created_at"]
    assert alert["details"]["remediation"] == "Mend it."


def test_resolved_after_two_absences_with_evidence(owner):
    sync(owner, finding("a"))
    assert sync(owner)["resolved"] == 0
    assert sync(owner)["resolved"] == 1
    (alert,) = owner.execute(ALL).fetchall()
    assert alert["resolved"] and alert["resolved_at"]
    assert alert["details"]["resolved_because"] == "absent from 2 evaluations in a row"


def test_one_absence_is_forgotten_when_it_is_seen_again(owner):
    for findings in ([finding("a")], [], [finding("a")], []):
        sync(owner, *findings)
    assert owner.execute(ALL).fetchone()["resolved"] is False


def test_what_comes_back_reopens_its_alert(owner):
    for findings in ([finding("a")], [], [], [finding("a")]):
        changes = sync(owner, *findings)
    assert changes == {"created": 0, "repeated": 0, "reopened": 1, "resolved": 0}
    (alert,) = owner.execute(ALL).fetchall()
    assert alert["resolved"] is False and alert["resolved_at"] is None
    assert alert["details"]["regressions"] == 1
    assert alert["occurrences"] == 2


def test_the_applications_own_alerts_are_left_alone(owner):
    owner.execute(
        "insert into public.security_alerts (id, alert_type, severity, title) "
        "values (%s, 'check', 'low', 'by the application')",
        [uuid4()],
    )
    sync(owner)
    sync(owner)
    (alert,) = owner.execute(ALL).fetchall()
    assert alert["resolved"] is False and alert["absences"] == 0


def test_resolving_by_hand(superuser):
    sync(superuser, finding("a"))
    (alert,) = superuser.execute("select * from get_unresolved_security_alerts()").fetchall()
    resolve = "select resolve_security_alert(%s, %s) as resolved"
    assert superuser.execute(resolve, [alert["id"], "rotated"]).fetchone()["resolved"] is True
    assert superuser.execute(resolve, [alert["id"], "again"]).fetchone()["resolved"] is False
    assert superuser.execute("select * from get_unresolved_security_alerts()").fetchall() == []
    assert superuser.execute(ALL).fetchone()["details"]["resolution_notes"] == "rotated"
    with pytest.raises(psycopg.errors.NoDataFound, match="there is no security alert"):
        superuser.execute(resolve, [uuid4(), None])


def one(connection) -> dict:
    (alert,) = connection.execute(ALL).fetchall()
    return alert


ACKNOWLEDGE = "select acknowledge_security_alert(%s, 'Ada looks into it') as done"
SILENCE = "select silence_security_alert(%s, now() + %s::interval, 'moving') as done"


def test_acknowledged_it_stays_open_and_says_by_whom(superuser):
    sync(superuser, finding("a"))
    assert superuser.execute(ACKNOWLEDGE, [one(superuser)["id"]]).fetchone()["done"] is True
    sync(superuser, finding("a"))
    alert = one(superuser)
    assert alert["acknowledged_at"] and alert["resolved"] is False
    assert alert["details"]["acknowledged_note"] == "Ada looks into it"
    assert alert["details"]["acknowledged_by"]["login"] == "postgres"


def test_a_silence_has_an_end_and_can_be_ended(superuser):
    sync(superuser, finding("a"))
    alert_id = one(superuser)["id"]
    assert superuser.execute(SILENCE, [alert_id, "2 days"]).fetchone()["done"] is True
    sync(superuser, finding("a"))
    assert one(superuser)["silenced_until"] is not None
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="which is past"):
        superuser.execute(SILENCE, [alert_id, "-1 hour"])
    superuser.execute("select silence_security_alert(%s, null)", [alert_id])
    assert one(superuser)["silenced_until"] is None


@pytest.mark.parametrize(
    ("severity", "stays"), [("low", True), ("high", True), ("critical", False)]
)
def test_a_graver_finding_breaks_what_put_it_aside(superuser, severity, stays):
    sync(superuser, finding("a", "high"))
    superuser.execute(ACKNOWLEDGE, [one(superuser)["id"]])
    superuser.execute(SILENCE, [one(superuser)["id"], "2 days"])
    sync(superuser, finding("a", severity))
    alert = one(superuser)
    assert alert["severity"] == severity
    assert (alert["silenced_until"] is not None) is (alert["acknowledged_at"] is not None) is stays
    assert ("raised_from" in alert["details"]) is not stays


def test_a_regression_needs_somebody_anew(superuser):
    sync(superuser, finding("a"))
    superuser.execute(ACKNOWLEDGE, [one(superuser)["id"]])
    superuser.execute(SILENCE, [one(superuser)["id"], "9 days"])
    for findings in ([], [], [finding("a")]):
        sync(superuser, *findings)
    alert = one(superuser)
    assert alert["details"]["regressions"] == 1
    assert alert["acknowledged_at"] is None and alert["silenced_until"] is None


def test_what_is_resolved_can_not_be_put_aside(superuser):
    sync(superuser, finding("a"))
    alert_id = one(superuser)["id"]
    superuser.execute("select resolve_security_alert(%s)", [alert_id])
    assert superuser.execute(ACKNOWLEDGE, [alert_id]).fetchone()["done"] is False
    assert superuser.execute(SILENCE, [alert_id, "1 day"]).fetchone()["done"] is False


def test_a_check_that_fails_resolves_nothing(superuser, owner):
    """Random evaluations of a real check, some of which fail: those count for nothing."""
    superuser.execute("insert into public.orgs (name) values ('one')")
    run = "select maint.run_check('organization_without_backup') as result"
    assert owner.execute(run).fetchone()["result"]["alerts_created"] == 1
    superuser.execute("alter function maint.check_organization_without_backup() rename to away")
    for _ in range(3):
        assert owner.execute(run).fetchone()["result"]["status"] == "failed"
    alerts = owner.execute("select alert_type, resolved, absences from public.security_alerts")
    assert {(a["alert_type"], a["resolved"], a["absences"]) for a in alerts.fetchall()} == {
        ("organization_without_backup", False, 0),
        ("check_failing:organization_without_backup", False, 0),
    }
    superuser.execute("alter function maint.away() rename to check_organization_without_backup")
    superuser.execute("update public.orgs set deleted_at = now()")
    for _ in range(2):
        owner.execute(run)
    assert owner.execute(ALL).fetchall()[0]["resolved"] is True


class Histories(RuleBasedStateMachine):
    """Against a model of four things: how grave each is, whether it is open and put aside."""

    connection: psycopg.Connection

    def __init__(self) -> None:
        super().__init__()
        self.connection.execute("delete from public.security_alerts")
        self.seen = 0
        self.open: dict[str, str] = {}
        self.absences: dict[str, int] = {}
        self.aside: set[str] = set()

    @rule(things=st.dictionaries(st.sampled_from("abcd"), st.sampled_from(SEVERITIES)))
    def evaluate(self, things: dict[str, str]) -> None:
        changes = sync(self.connection, *(finding(*item) for item in things.items()))
        self.seen += len(things)
        assert changes["created"] + changes["repeated"] + changes["reopened"] == len(things)
        assert changes["repeated"] == len(things.keys() & self.open.keys())
        for thing, severity in things.items():
            before = self.open.get(thing)
            if before is None or SEVERITIES.index(severity) > SEVERITIES.index(before):
                self.aside.discard(thing)
            self.open[thing], self.absences[thing] = severity, 0
        for thing in self.open.keys() - things.keys():
            self.absences[thing] += 1
            if self.absences[thing] == 2:
                del self.open[thing]

    @rule()
    def fail_to_evaluate(self) -> None:
        with pytest.raises(psycopg.Error):
            sync(self.connection, {**finding("a"), "fingerprint": None, "severity": None})

    @rule(thing=st.sampled_from("abcd"))
    def resolve_by_hand(self, thing: str) -> None:
        if alert := self.alert(thing):
            self.connection.execute("select resolve_security_alert(%s)", [alert["id"]])
            self.open.pop(thing, None)

    @rule(thing=st.sampled_from("abcd"))
    def put_aside(self, thing: str) -> None:
        if alert := self.alert(thing):
            acknowledged = self.connection.execute(ACKNOWLEDGE, [alert["id"]]).fetchone()["done"]
            silenced = self.connection.execute(SILENCE, [alert["id"], "1 day"]).fetchone()["done"]
            assert acknowledged is silenced is (thing in self.open)
            if thing in self.open:
                self.aside.add(thing)

    @invariant()
    def the_database_says_the_same(self) -> None:
        alerts = self.connection.execute(ALL).fetchall()
        assert len({alert["fingerprint"] for alert in alerts}) == len(alerts)
        assert sum(alert["occurrences"] for alert in alerts) == self.seen
        open_alerts = {a["details"]["object"]: a for a in alerts if not a["resolved"]}
        assert {thing: a["severity"] for thing, a in open_alerts.items()} == self.open
        aside = {thing for thing, a in open_alerts.items() if a["silenced_until"]}
        assert aside == {thing for thing, a in open_alerts.items() if a["acknowledged_at"]}
        assert aside == self.aside & self.open.keys()

    def alert(self, thing: str) -> dict | None:
        query = "select id from public.security_alerts where fingerprint = %s"
        return self.connection.execute(query, [f"check:{thing}"]).fetchone()


def test_random_histories_keep_the_promises(superuser):
    Histories.connection = superuser
    run_state_machine_as_test(
        Histories, settings=settings(max_examples=25, stateful_step_count=20, deadline=None)
    )
