"""Mail servers that take their time: no copy where they accept, and nothing else waits for them."""

import os
import signal
import threading

import pytest

from maint_pipeline.alerts import deliverer, outbox, smtp
from maint_pipeline.alerts.channels import Message, UnansweredError, parse_channels
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.alerts.outbox import register_channels
from maint_pipeline.database.worker import worker_url
from maint_pipeline.resources import GivenSettings
from maint_pipeline.sensors.alert_delivery import deliver_what_waits
from maint_pipeline.settings import load_settings
from tests.dev import eventually
from tests.faults.test_delivery import mail_url, make_due, raise_alert, tell
from tests.faults.test_delivery import outbox as told
from tests.smtp import (
    bad_server,
    dawdling_server,
    drips,
    drips_when_handed_over,
    hangs_up,
    mail_server,
    takes_and_closes,
)

STATES = "select channel, state from maint.notifications order by channel, id"


@pytest.fixture
def tick(owner, database, monkeypatch):
    """A look of the sensor's, as the code server has it; its processes are ended after the test."""
    monkeypatch.setenv("MAINT_DATABASE_URL", database)

    def run(urls: str) -> str:
        monkeypatch.setenv("MAINT_NOTIFY_URLS", urls)
        settings = load_settings()
        channels = configured_channels(settings)
        register_channels(owner, channels, settings.notify_min_severity)
        return deliver_what_waits(owner, channels, settings)

    yield run
    for process in deliverer._started.values():
        process.kill()
        process.wait()
    deliverer._started.clear()


def states(owner) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in owner.execute(STATES).fetchall():
        found.setdefault(row["channel"], []).append(row["state"])
    return found


def ended() -> bool:
    return not deliverer.at_work()


def test_what_is_given_counts_and_not_the_environment(owner, tick, database, monkeypatch):
    """As in a Dagster deployment of somebody else, whose resource has the URLs."""
    raise_alert(owner)
    with mail_server() as quick:
        settings = GivenSettings(
            database_url=worker_url(database), notify_urls=f"quick={quick.url()}"
        )
        monkeypatch.setenv("MAINT_DATABASE_URL", "postgresql:///nowhere")
        monkeypatch.delenv("MAINT_NOTIFY_URLS", raising=False)
        channels = configured_channels(settings)
        register_channels(owner, channels, settings.notify_min_severity)
        assert deliver_what_waits(owner, channels, settings) == "Delivering to quick."
        eventually(ended)
        assert states(owner) == {"quick": ["sent"]} and len(quick.mails) == 1


def test_an_answer_after_minutes_is_waited_for_and_holds_up_nothing(owner, tick):
    raise_alert(owner)
    with dawdling_server() as slow, mail_server() as quick:
        urls = f"slow={mail_url(slow.port)} quick={quick.url()}"
        # Both ticks end while the slow server has the message and says nothing.
        assert tick(urls) == "Delivering to quick, slow."
        assert slow.taken.acquire(timeout=60)
        assert "slow" in tick(urls)
        eventually(lambda: states(owner) == {"quick": ["sent"], "slow": ["waiting"]})
        slow.answers.release()
        eventually(ended)
        assert states(owner) == {"quick": ["sent"], "slow": ["sent"]}
        assert tick(urls) == ""
        assert slow.accepted == len(quick.mails) == 1


def test_what_the_server_answered_is_kept_although_the_session_is_gone(superuser, owner, tick):
    raise_alert(owner)
    with dawdling_server() as slow:
        tick(f"ops={mail_url(slow.port)}")
        assert slow.taken.acquire(timeout=60)
        superuser.execute(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity "
            "where application_name = 'maint delivery to ops'"
        )
        slow.answers.release()
        eventually(ended)
        assert states(owner) == {"ops": ["sent"]} and slow.accepted == 1


def test_a_process_that_is_asked_to_stop_finishes_its_message(owner, tick):
    raise_alert(owner, "a", "b")
    with dawdling_server() as slow:
        tick(f"ops={mail_url(slow.port)}")
        assert slow.taken.acquire(timeout=60)
        os.kill(deliverer._started["ops"].pid, signal.SIGTERM)
        slow.answers.release(2)
        assert deliverer._started["ops"].wait(60) == 0
        assert states(owner) == {"ops": ["sent", "waiting"]} and slow.accepted == 1


def test_a_delivery_that_fails_is_told(owner, tick):
    raise_alert(owner)
    with dawdling_server() as slow:
        urls = f"ops={mail_url(slow.port)}"
        tick(urls)
        assert slow.taken.acquire(timeout=60)
        deliverer._started["ops"].kill()
        deliverer._started["ops"].wait()
        assert tick(urls).startswith("The last delivery to ops ended with an error")


def test_a_dripping_server_is_not_waited_for_without_end(owner, monkeypatch):
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.5)
    raise_alert(owner)
    with bad_server(drips) as port:
        assert tell(owner, mail_url(port)) == {"sent": 0, "failed": 1}
    ((state, problem),) = told(owner)
    assert state == "waiting" and "no whole answer within 0.5 seconds" in problem


@pytest.mark.parametrize("behave", [drips_when_handed_over, takes_and_closes])
def test_few_copies_to_who_never_answers(superuser, owner, monkeypatch, behave):
    """Whether it was accepted can't be known: it is tried again, but seldom."""
    monkeypatch.setattr(smtp, "ACCEPTANCE_SECONDS", 0.3)

    raise_alert(owner)
    waits = []
    with bad_server(behave) as port:
        for _ in range(outbox.MAX_UNANSWERED):
            assert tell(owner, mail_url(port))["failed"] == 1
            row = owner.execute(
                "select extract(epoch from due_at - clock_timestamp()) / 3600 as hours, state, "
                "unanswered, problem from maint.notifications"
            ).fetchone()
            waits.append(round(row["hours"]))
            make_due(superuser)
        assert row["state"] == "dead" and row["unanswered"] == outbox.MAX_UNANSWERED
        assert "the whole message was sent, and no answer came" in row["problem"]
        assert waits == [1, 2, 4, 8, 16]
        assert tell(owner, mail_url(port)) == {"sent": 0, "failed": 0}


def test_a_service_that_drips_is_given_up(monkeypatch):
    """Whatever Apprise waits for; in the main thread, as the process that delivers has it."""
    monkeypatch.setattr(deliverer, "MESSAGE_SECONDS", 0.5)
    given_up = threading.Event()

    def drip(connection):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not hangs_up(connection, 0.05):
            connection.sendall(b"x")
        given_up.set()

    with bad_server(drip) as port:
        channel = parse_channels(f"hook=json://127.0.0.1:{port}/")["hook"]
        with pytest.raises(UnansweredError, match="no answer within"):
            deliverer.Limited(channel).send(Message("key", "subject", "text", "<p>text</p>"))
        assert given_up.wait(60)
