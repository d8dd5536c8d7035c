"""`maint alerts` and the job that does the same."""

import json

import pytest

pytestmark = pytest.mark.any_version

FINDING = {
    "name": "check", "title": "Title", "severity": "high", "category": "security", "object": "a",
    "detail": "detail of a", "remediation": "Mend it.", "fingerprint": "check:a", "metadata": {},
}  # fmt: skip


@pytest.fixture
def alert_id(superuser) -> str:
    superuser.execute("select maint.sync_alerts('check', %s::jsonb)", [json.dumps([FINDING])])
    return str(superuser.execute("select id from public.security_alerts").fetchone()["id"])


def alert(superuser) -> dict:
    return superuser.execute("select * from public.security_alerts").fetchone()


def test_show_acknowledge_silence_and_resolve(cli, superuser, alert_id):
    (shown,) = cli.json("alerts", "show", alert_id)
    assert shown["title"] == "Title" and shown["resolved"] is False
    assert cli("alerts", "ack", alert_id, "--note", "Ada").stdout.strip() == "Acknowledged."
    assert "acknowledged" in cli("alerts").stdout
    assert cli("alerts", "silence", alert_id, "--for", "2d").stdout.startswith("Silenced until")
    assert "silenced until" in cli("alerts").stdout
    assert alert(superuser)["silenced_until"] and alert(superuser)["acknowledged_at"]
    assert cli("alerts", "silence", alert_id, "--end").stdout.strip() == "No longer silenced."
    assert cli("alerts", "resolve", alert_id, "--notes", "done").stdout.strip() == "Resolved."
    assert cli("alerts", "ack", alert_id).stdout.strip() == "It was resolved before."
    assert cli("alerts").stdout.strip() == "No open alert."
    assert "Mend it." in cli("alerts", "show", alert_id).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("silence", "--for", "soon"), "30m, 12h, 2d or 1w"),
        (("silence",), "Say either how long"),
        (("silence", "--for", "1d", "--end"), "Say either how long"),
    ],
)
def test_what_makes_no_sense_is_refused(cli, alert_id, arguments, said):
    command, *options = arguments
    answer = cli("alerts", command, alert_id, *options)
    assert answer.returncode == 2 and said in " ".join(answer.stderr.split())


@pytest.mark.parametrize("command", ["show", "ack", "resolve"])
def test_an_unknown_alert(cli, command):
    answer = cli("alerts", command, "6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b")
    assert answer.returncode == 2 and "no security alert 6f0c1d0e" in answer.stderr


def test_the_job_does_the_same(cli, superuser, alert_id):
    task = ("run", "update_security_alert", "--set", f"alert_id={alert_id}")
    (row,) = cli.json(*task, "--set", "note=Ada looks into it")
    assert row["details"]["action"] == "acknowledge" and row["details"]["acknowledged_at"]
    (row,) = cli.json(*task, "--set", "action=silence", "--set", "hours=3")
    assert row["details"]["silenced_until"]
    (row,) = cli.json(*task, "--set", "action=resolve")
    assert row["details"]["resolved"] is True and alert(superuser)["resolved"] is True
    again = cli(*task)
    assert again.returncode == 2 and "was resolved before" in again.stdout + again.stderr


@pytest.mark.parametrize("setting", ["alert_id=7", "action=forget", "hours=0"])
def test_the_form_refuses_nonsense(cli, alert_id, setting):
    given = [] if setting.startswith("alert_id") else ["--set", f"alert_id={alert_id}"]
    answer = cli("run", "update_security_alert", *given, "--set", setting)
    assert answer.returncode == 2 and setting.partition("=")[0] in answer.stderr
