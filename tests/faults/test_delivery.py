"""Mail through servers that refuse, dawdle, drop and die, and deliverers that are killed."""

import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import quote

import pytest

from maint_pipeline.alerts import smtp
from maint_pipeline.alerts.channels import parse_channels
from maint_pipeline.alerts.delivery import deliver
from maint_pipeline.alerts.outbox import channel_lock, register_channels
from maint_pipeline.database.connection import connect
from maint_pipeline.settings import Settings
from tests.delivery import tell_all
from tests.smtp import (
    PASSWORD,
    accepts_then_dies,
    bad_server,
    drops_in_data,
    mail_server,
    say,
    self_signed,
)

FINDING = {
    "name": "check", "title": "Title", "severity": "high", "object": "a", "category": "backups",
    "detail": "detail", "remediation": "Mend it.", "fingerprint": "check:a", "metadata": {},
}  # fmt: skip


def mail_url(port: int) -> str:
    return f"mailto://127.0.0.1:{port}?from=maint@example.com&to=ops@example.com"


def raise_alert(owner, *things: str) -> None:
    findings = [{**FINDING, "fingerprint": f"check:{thing}"} for thing in things or ("a",)]
    owner.execute("select maint.sync_alerts('check', %s::jsonb)", [json.dumps(findings)])


def tell(owner, url: str) -> dict[str, int]:
    return tell_all(owner, parse_channels(f"ops={url}"), Settings())


def outbox(owner) -> list[tuple]:
    rows = owner.execute("select state, problem from maint.notifications order by id").fetchall()
    return [(row["state"], row["problem"]) for row in rows]


def make_due(superuser) -> None:
    superuser.execute("update maint.notifications set due_at = now()")


def silent(connection: socket.socket) -> None:
    """Takes the connection and never says a word."""
    connection.recv(1)


def busy(connection: socket.socket) -> None:
    say(connection, "250 hello", "451 come back later", "221 bye")


def refuses(connection: socket.socket) -> None:
    say(connection, "250 hello", "250 OK", "550 no such user", "250 OK", "221 bye")


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (silent, "timed out"),
        (busy, "451 come back later"),
        (refuses, "every recipient was refused: ops@example.com"),
        (drops_in_data, ""),
        (lambda connection: connection.close(), ""),
        (lambda connection: connection.sendall(b"rubbish\r\n"), ""),
    ],
)
def test_a_server_in_trouble_gets_it_later(superuser, owner, monkeypatch, behave, words):
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.5)
    raise_alert(owner)
    with bad_server(behave) as port:
        assert tell(owner, mail_url(port)) == {"sent": 0, "failed": 1}
    ((state, problem),) = outbox(owner)
    assert state == "waiting" and words in problem and f"127.0.0.1:{port}: " in problem
    make_due(superuser)
    with mail_server() as mailbox:
        assert tell(owner, mailbox.url()) == {"sent": 1, "failed": 0}
    assert len(mailbox.mails) == 1 and outbox(owner) == [("sent", None)]


def test_nobody_listens(owner):
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    raise_alert(owner, *"abcd")
    # Two tries, then the server is left in peace.
    assert tell(owner, mail_url(port)) == {"sent": 0, "failed": 2}
    assert tell(owner, mail_url(port)) == {"sent": 0, "failed": 0}
    assert "refused" in outbox(owner)[0][1]


def test_accepted_is_sent_although_the_server_dies(owner):
    raise_alert(owner)
    with bad_server(accepts_then_dies) as port:
        assert tell(owner, mail_url(port)) == {"sent": 1, "failed": 0}
    assert outbox(owner) == [("sent", None)]


def test_one_recipient_of_two(owner):
    raise_alert(owner)
    with mail_server() as mailbox:
        mailbox.refused.add("gone@example.com")
        assert tell(owner, mailbox.url(more=",gone@example.com"))["sent"] == 1
    assert mailbox.recipients == [["ops@example.com"]]
    assert outbox(owner) == [("sent", "refused for: gone@example.com")]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize(("tls", "more"), [("starttls", ""), ("ssl", "&mode=ssl")])
def test_tls_and_login(superuser, owner, certificate, tls, more):
    raise_alert(owner)
    login = f"ada:{quote(PASSWORD)}@"
    with mail_server(certificate, tls) as mailbox:
        url = mailbox.url("mailtos", login, more)
        assert tell(owner, url)["failed"] == 1
        assert "certificate" in outbox(owner)[0][1] and mailbox.logins == []
        make_due(superuser)
        assert tell(owner, url + "&verify=no")["sent"] == 1
    assert mailbox.logins == ["ada"] and len(mailbox.mails) == 1


def test_a_wrong_password_appears_nowhere(owner, certificate, caplog, capfd):
    raise_alert(owner)
    with mail_server(certificate, "starttls") as mailbox:
        tell(owner, mailbox.url("mailtos", "ada:hunter2secret@", "&verify=no"))
    ((_, problem),) = outbox(owner)
    assert "535" in problem
    dump = str(owner.execute("select * from maint.notifications").fetchall())
    dump += str(owner.execute("select * from maint.notification_channels").fetchall())
    out, err = capfd.readouterr()
    assert "hunter2" not in problem + dump + caplog.text + out + err


def test_killed_between_the_answer_and_the_mark(database, superuser, owner):
    """It can't be known then whether it was sent: it comes twice, and both have one identity."""
    raise_alert(owner)
    with mail_server() as mailbox:
        register_channels(owner, ["ops"], "medium")
        environment = {
            **os.environ,
            "MAINT_DATABASE_URL": database,
            "MAINT_NOTIFY_URLS": f"ops={mailbox.url()}",
        }
        command = [sys.executable, "-m", "maint_pipeline.alerts.deliverer", "ops"]

        def kill_it(_mail) -> str:
            os.kill(process.pid, signal.SIGKILL)
            return "250 taken"

        mailbox.answer = kill_it
        process = subprocess.Popen(command, env=environment)
        assert process.wait(60) == -signal.SIGKILL
        assert outbox(owner) == [("waiting", None)]
        mailbox.answer = lambda mail: "250 taken"
        for _ in range(2):
            subprocess.run(command, env=environment, check=True, capture_output=True)
            assert outbox(owner) == [("sent", None)]
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_two_deliverers_send_it_once(database, owner):
    with mail_server() as mailbox:
        tell(owner, mailbox.url())
        raise_alert(owner, *(f"thing {number}" for number in range(4)))

        def work(_number: int) -> int:
            with closing(connect(database, application_name="deliverer")) as connection:
                return sum(tell(connection, mailbox.url())["sent"] for _ in range(3))

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(work, range(4))) == 4
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 4


def test_who_finds_a_channel_taken_sends_nothing(database, owner):
    with mail_server() as mailbox:
        channel = parse_channels(f"ops={mailbox.url()}")["ops"]
        tell(owner, mailbox.url())
        raise_alert(owner)
        with (
            closing(connect(database, application_name="deliverer")) as other,
            channel_lock(other, "ops") as alone,
        ):
            assert alone and deliver(owner, channel, Settings())["sent"] == 0
            assert mailbox.mails == []
        assert deliver(owner, channel, Settings())["sent"] == 1 and len(mailbox.mails) == 1
