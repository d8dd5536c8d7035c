"""`maint alerts` and the job that does the same."""

import json

import pytest

from tests.terminal import in_terminal

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
        (("silence",), "Give either a duration"),
        (("silence", "--for", "1d", "--end"), "Give either a duration"),
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


@pytest.fixture
def several(superuser, alert_id) -> list[str]:
    findings = [
        {**FINDING, "name": "other", "severity": severity, "object": thing, "category": category,
         "fingerprint": f"other:{thing}", "detail": f"{thing} can be read by anybody on the web",
         "metadata": {"fix": f"revoke all on {thing} from anon;"}}
        for thing, severity, category in (
            ("public.carts", "critical", "backups"), ("public.orders", "low", "security"))
    ]  # fmt: skip
    superuser.execute("select maint.sync_alerts('other', %s::jsonb)", [json.dumps(findings)])
    superuser.execute(
        "update public.security_alerts set created_at = now() - interval '3 days' where id = %s",
        [alert_id],
    )
    rows = superuser.execute("select id::text as id from public.security_alerts").fetchall()
    return [row["id"] for row in rows]


def test_a_narrow_terminal_shows_all_of_each_alert(cli, several):
    lines = in_terminal(["alerts"], cli.variables, columns=80)
    said = " ".join(" ".join(lines).split())
    assert all(identifier[:8] in said for identifier in several)
    assert "public.carts can be read by anybody on the web" in said
    assert lines[0].startswith("critical  other  Title (1)")
    assert lines[-1] == "1 critical, 1 high, 1 low open; 2 new in the last 24 hours."
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.parametrize(
    ("options", "things"),
    [
        ([], {"public.carts", "public.orders", "a"}),
        (["--severity", "high"], {"public.carts", "a"}),
        (["--category", "backups"], {"public.carts"}),
        (["--since", "2d"], {"public.carts", "public.orders"}),
        (["--since", "2020-01-01", "--check", "other"], {"public.carts", "public.orders"}),
        (["--resolved"], set()),
    ],
)
def test_some_of_the_alerts(cli, several, options, things):
    found = cli.json("alerts", *([] if options else ["list"]), *options)
    assert {row["details"]["object"] for row in found} == things


def test_resolved_ones_are_shown_where_asked_for(cli, several, alert_id):
    cli("alerts", "resolve", alert_id, "--note", "done")
    assert len(cli.json("alerts")) == 2 and len(cli.json("alerts", "--all")) == 3
    (row,) = cli.json("alerts", "--resolved")
    assert row["id"] == alert_id and row["resolved"] and row["resolved_at"]
    assert "1 resolved" in cli("alerts", "--all").stdout


def test_an_alert_by_the_beginning_of_its_id_and_by_its_fingerprint(cli, superuser, alert_id):
    assert cli("alerts", "ack", alert_id[:8]).stdout.strip() == "Acknowledged."
    assert cli.json("alerts", "show", alert_id.upper()[:6])[0]["id"] == alert_id
    assert cli.json("alerts", "show", "check:a")[0]["id"] == alert_id
    superuser.execute(
        "insert into public.security_alerts (id, alert_type, severity, title) "
        "values (%s, 'x', 'low', 'X')",
        [alert_id[:-1] + ("0" if alert_id[-1] != "0" else "1")],
    )
    answer = cli("alerts", "ack", alert_id[:8])
    assert answer.returncode == 2 and "Write more of the id" in " ".join(answer.stderr.split())
    assert cli("alerts", "ack", alert_id[:3]).returncode == 2


def test_one_alert_says_what_to_do_and_who_did_what(cli, several, alert_id):
    cli("alerts", "ack", "other:public.carts", "--note", "Ada looks into it")
    cli("alerts", "silence", "other:public.carts", "--for", "2d", "--note", "until Monday")
    lines = in_terminal(["alerts", "show", "other:public.carts"], cli.variables, columns=80)
    text = "\n".join(lines)
    assert "check   other\nobject  public.carts" in text
    assert "What to do: Mend it." in text
    assert "\nrevoke all on public.carts from anon;\n" in text  # alone on its line, to be pasted
    said = " ".join(text.split())
    assert "Ada looks into it" in said and "until Monday" in said
    assert "backend_pid" not in said and "seen once" in said
