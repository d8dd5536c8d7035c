"""Findings into alerts: one open alert for each fingerprint, through its whole life."""

import json
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

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


def test_random_histories_keep_the_promises(owner):
    class Histories(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            owner.execute("delete from public.security_alerts")
            self.seen = 0

        @rule(things=st.sets(st.sampled_from("abcd")))
        def evaluate(self, things: set[str]) -> None:
            changes = sync(owner, *(finding(thing) for thing in things))
            self.seen += len(things)
            assert changes["created"] + changes["repeated"] + changes["reopened"] == len(things)

        @rule(thing=st.sampled_from("abcd"))
        def resolve_by_hand(self, thing: str) -> None:
            owner.execute(
                "select maint.resolve_alert(id, '{}') from public.security_alerts "
                "where fingerprint = %s",
                [f"check:{thing}"],
            )

        @invariant()
        def one_row_for_each_fingerprint_and_occurrences_add_up(self) -> None:
            alerts = owner.execute(ALL).fetchall()
            assert len({alert["fingerprint"] for alert in alerts}) == len(alerts)
            assert sum(alert["occurrences"] for alert in alerts) == self.seen

    run_state_machine_as_test(
        Histories, settings=settings(max_examples=25, stateful_step_count=20, deadline=None)
    )
