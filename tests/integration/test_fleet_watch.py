"""One process hears the failed backups of many databases, and sends what waits as one message."""

import json
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from maint_pipeline.ops import all_tasks
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.sensors import fleet as watching
from maint_pipeline.sensors import unwatched
from maint_pipeline.sensors.fleet import FleetWatch
from maint_pipeline.settings import load_settings
from tests.fleet import use_registry, write_registry
from tests.smtp import mail_server

NAMES = ("one", "two", "three", "four")
FAIL = """
with organization as (insert into public.orgs (name) values ('O') returning id)
insert into public.backup_runs (org_id, status, started_at, finished_at)
select id, 'failed', now(), now() from organization
"""


@pytest.fixture
def urls(new_database, template):
    return {name: new_database(template) for name in NAMES}


@pytest.fixture
def registry(urls, tmp_path, monkeypatch):
    file = tmp_path / "databases.toml"
    write_registry(file, urls)
    return use_registry(monkeypatch, file)


@pytest.fixture
def watch():
    made = FleetWatch(list(all_tasks().values()))
    yield made
    made.end()


def tick(watch: FleetWatch) -> str:
    return watch.tick(load_fleet(load_settings()))


def wait_until(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def alerts(url: str) -> list[str]:
    with closing(psycopg.connect(url)) as connection:
        rows = connection.execute(
            "select alert_type from public.security_alerts where resolved is not true"
        ).fetchall()
    return [row[0] for row in rows]


def outbox(url: str) -> list[str]:
    with closing(psycopg.connect(url)) as connection:
        rows = connection.execute("select state from maint.notifications").fetchall()
    return [row[0] for row in rows]


def test_a_failed_backup_is_heard_in_its_database_alone(registry, watch, urls):
    tick(watch)
    wait_until(lambda: tick(watch) == "Listening to 4 of 4 databases.")
    wait_until(
        lambda: all(s.visits for one in watch._listeners.values() for s in one.sessions.values())
    )
    with closing(psycopg.connect(urls["three"], autocommit=True)) as connection:
        connection.execute(FAIL)
    wait_until(lambda: alerts(urls["three"]) == ["backup_failed"])
    assert [alerts(urls[name]) for name in ("one", "two", "four")] == [[], [], []]


def test_one_that_does_not_answer_is_named_and_costs_no_other(registry, watch, urls):
    write_registry(registry, {**urls, "away": "postgresql://a@127.0.0.1:1/x"})
    tick(watch)
    wait_until(lambda: "4 of 5" in tick(watch) and "away: " in tick(watch))
    write_registry(registry, {"one": urls["one"]})
    tick(watch)
    wait_until(lambda: tick(watch) == "Listening to 1 of 1 databases.")


def test_a_session_that_ended_is_opened_again(registry, watch, urls, monkeypatch):
    monkeypatch.setattr("maint_pipeline.sensors.listening.RETRY_SECONDS", 0.2)
    tick(watch)
    wait_until(lambda: tick(watch) == "Listening to 4 of 4 databases.")
    with closing(psycopg.connect(urls["two"], autocommit=True)) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where application_name = 'maint listens' and datname = current_database()"
        )
        connection.execute(FAIL)
    wait_until(lambda: alerts(urls["two"]) == ["backup_failed"])


def test_what_waits_in_several_databases_is_one_mail(registry, watch, urls, monkeypatch):
    monkeypatch.setattr(watching, "GATHER_SECONDS", 3.0)
    with mail_server() as mailbox:
        monkeypatch.setenv("MAINT_NOTIFY_URLS", mailbox.url())
        tick(watch)
        wait_until(lambda: tick(watch) == "Listening to 4 of 4 databases.")
        for name in ("one", "two", "three"):
            with closing(psycopg.connect(urls[name], autocommit=True)) as connection:
                connection.execute(FAIL)
        for name in ("one", "two", "three"):
            wait_until(lambda name=name: outbox(urls[name]) == ["sent"])
    (mail,) = mailbox.mails
    assert "[3 databases]" in mail["subject"]
    text = mail.get_body(("plain",)).get_content()
    for name in ("one", "two", "three"):
        assert f"Database {name}" in text
        assert f"maint --database {name} alerts ack" in text


def test_a_database_that_nobody_watches_is_told_once_and_so_is_its_return(
    registry, urls, monkeypatch
):
    monkeypatch.setattr("maint_pipeline.sensors.listening.RETRY_SECONDS", 0.2)
    gone = {"away": "postgresql://a@127.0.0.1:1/x", "off": "postgresql://a@127.0.0.1:1/y"}
    write_registry(registry, urls | gone)
    with mail_server() as mailbox:
        monkeypatch.setenv("MAINT_NOTIFY_URLS", mailbox.url())
        first = FleetWatch([])
        wait_until(lambda: "4 of 6" in tick(first) and known().keys() == gone.keys())
        monkeypatch.setattr(unwatched, "AFTER", timedelta(0))
        wait_until(lambda: [tick(first), len(mailbox.mails)][1])
        wait_until(lambda: [tick(first), known().get("away", {}).get("informed")][1])
        first.end()
        (mail,) = mailbox.mails
        assert "2 databases" in mail["subject"] and "nobody watches" in mail["subject"]
        text = mail.get_body(("plain",)).get_content()
        assert "maint --database away doctor" in text and "refused" in text
        # Another process says nothing new, and nothing before it has heard them.
        second = FleetWatch([])
        wait_until(lambda: "4 of 6" in tick(second))
        write_registry(registry, {**urls, **gone, "away": urls["one"]})
        wait_until(lambda: [tick(second), len(mailbox.mails)][1] == 2)
        wait_until(lambda: [tick(second), list(known())][1] == ["off"])
        second.end()
    again = mailbox.mails[1]
    assert "watched again" in again["subject"]
    assert "away is watched again" in again.get_body(("plain",)).get_content()
    assert len(mailbox.mails) == 2


def known() -> dict:
    file = load_settings().home / unwatched.FILE
    return json.loads(file.read_text()) if file.exists() else {}


def test_a_channel_is_told_once_and_a_short_absence_is_no_news():
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    known = unwatched.follow({}, ["a", "b"], (), begun)
    soon, late = begun + timedelta(minutes=4), begun + timedelta(minutes=6)
    channels = {"a": ["ops", "chat"], "b": ["ops"]}
    assert unwatched.to_inform(known, channels, soon) == {}
    # It is back before anybody has heard of it.
    known = unwatched.follow(known, ["a"], (), soon)
    informed = unwatched.to_inform(known, channels, late)
    assert {channel: list(names) for channel, names in informed.items()} == {
        "ops": ["a"], "chat": ["a"],
    }  # fmt: skip
    known = unwatched.noted(known, "ops", informed["ops"])
    known = unwatched.follow(known, ["a"], (), late)
    assert list(unwatched.to_inform(known, channels, late)) == ["chat"]
    # What nobody can say holds; what is over is informed to whom it was informed before.
    assert unwatched.follow(known, [], {"a"}, late) == known
    known = unwatched.follow(known, [], (), late)
    informed = unwatched.to_inform(known, channels, late)
    assert list(informed) == ["ops"]
    assert unwatched.noted(known, "ops", informed["ops"]) == {}
