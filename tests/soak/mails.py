"""Mails to a server that fails in every way: each arrives, none twice where it had answered."""

import json
import random as randomness
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from random import Random
from threading import Lock

from maint_pipeline.alerts import smtp
from maint_pipeline.alerts.channels import Channel, parse_channels
from maint_pipeline.alerts.delivery import deliver
from maint_pipeline.alerts.outbox import register_channels, retry_dead
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.worker import worker_url
from maint_pipeline.settings import Settings
from tests.dev import free_port
from tests.smtp import bad_server, drips_when_handed_over, hangs_up, say
from tests.soak.databases import clone, superuser
from tests.soak.lanes import Lane
from tests.soak.tasks import WrongError

BATCH = 40
LIMIT_SECONDS = 1.5
"""Stands for the minutes that the product gives a server; in this process only."""

LATE_SECONDS = 1.0
"""An answer after so long may have come too late on a busy machine: it proves nothing."""

MARK = re.compile(rb"soak-mail-\d+-\d+")


@dataclass
class Server:
    """A mail server in a bad mood; what it took, and what it answered in time."""

    random: Random
    taken: Counter[bytes] = field(default_factory=Counter)
    answered: Counter[bytes] = field(default_factory=Counter)
    moods: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def behave(self, connection: socket.socket) -> None:
        """Do with a connection what the mood says."""
        with self._lock:
            mood = self.random.choices(list(MOODS), [weight for weight, _ in MOODS.values()])[0]
            self.moods[mood] += 1
        with suppress(OSError):  # the client had enough
            MOODS[mood][1](self, connection)

    def take(self, connection: socket.socket) -> bytes:
        """Have a whole message handed over, and give its mark."""
        say(connection, "250 hello", "250 OK", "250 OK", "354 go on")
        received = b""
        while not received.endswith(b"\r\n.\r\n"):
            more = connection.recv(65536)
            if not more:
                raise ConnectionError
            received += more
        found = MARK.search(received)
        assert found, received
        with self._lock:
            self.taken[found[0]] += 1
        return found[0]

    def accept(self, connection: socket.socket, *, pause: float = 0.0, drip: bool = False) -> None:
        mark = self.take(connection)
        begun = time.monotonic()
        time.sleep(pause)
        for part in (b"2", b"50 ", b"taken\r\n") if drip else (b"250 taken\r\n",):
            connection.sendall(part)
            time.sleep(0.02 * drip)
        if time.monotonic() - begun < LATE_SECONDS:
            with self._lock:
                self.answered[mark] += 1


def good(server: Server, connection: socket.socket) -> None:
    server.accept(connection)
    connection.recv(100)
    connection.sendall(b"221 bye\r\n")


def slow(server: Server, connection: socket.socket) -> None:
    time.sleep(0.1)
    server.accept(connection, pause=randomness.uniform(0.05, 0.3))
    connection.recv(100)


def hangs(server: Server, connection: socket.socket) -> None:
    hangs_up(connection, 3 * LIMIT_SECONDS)


def drips(server: Server, connection: socket.socket) -> None:
    while not hangs_up(connection, 0.1):
        connection.sendall(b"2")


def refuses(*answers: str) -> Callable[[Server, socket.socket], None]:
    return lambda server, connection: say(connection, *answers, "221 bye")


def refuses_the_message(server: Server, connection: socket.socket) -> None:
    server.take(connection)
    connection.sendall(b"452 no room\r\n")
    connection.recv(100)


def drops_in_data(server: Server, connection: socket.socket) -> None:
    say(connection, "250 hello", "250 OK", "250 OK", "354 go on")
    connection.recv(10)
    reset(server, connection)


def reset(server: Server, connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def hangs_when_handed_over(server: Server, connection: socket.socket) -> None:
    server.take(connection)
    hangs_up(connection, 3 * LIMIT_SECONDS)


def drips_in_the_end(server: Server, connection: socket.socket) -> None:
    drips_when_handed_over(connection)


MOODS: dict[str, tuple[int, Callable[[Server, socket.socket], None]]] = {
    "good": (30, good),
    "slow": (8, slow),
    "answers in pieces": (8, lambda server, to: server.accept(to, drip=True)),
    "accepts and dies": (8, lambda server, to: server.accept(to)),
    "closes": (6, lambda server, connection: connection.close()),
    "resets": (6, reset),
    "busy": (6, refuses("421 come back later")),
    "refuses the recipient": (6, refuses("250 hello", "250 OK", "550 no such user", "250 OK")),
    "refuses the message": (6, refuses_the_message),
    "rubbish": (4, lambda server, to: to.sendall(b"rubbish\r\n")),
    "drops in data": (6, drops_in_data),
    "takes and closes": (3, lambda server, to: server.take(to) and to.close()),
    "hangs": (3, hangs),
    "drips": (3, drips),
    "hangs when handed over": (2, hangs_when_handed_over),
    "drips when handed over": (2, drips_in_the_end),
}


def mail(lane: Lane, server_url: str) -> None:
    """Send mails until the lane has had its share."""
    random = Random(lane.seed)
    smtp.CONNECT_SECONDS = smtp.ANSWER_SECONDS = smtp.ACCEPTANCE_SECONDS = LIMIT_SECONDS
    smtp.LEAVE_SECONDS = 0.2
    url = clone(server_url, f"mails_{lane.number}")
    server = Server(random)
    with (
        closing(superuser(url)) as db,
        closing(connect(worker_url(url), application_name="soak")) as owner,
        bad_server(server.behave) as port,
    ):
        register_channels(owner, ["ops"], "low")
        db.execute("update maint.notification_channels set digest_threshold = 1000000")
        there, away = channel(port), channel(free_port())
        sent = 0
        while lane.goes_on():
            names = [f"soak-mail-{lane.number}-{number}" for number in range(sent, sent + BATCH)]
            sent += BATCH
            raise_alerts(owner, names)
            for turn in range(1, 1000):
                # Now and then nobody listens there at all.
                deliver(owner, away if random.random() < 0.1 else there, Settings())
                if turn % 10 == 0:
                    retry_dead(owner)
                due = "update maint.notifications set due_at = now() where state = 'waiting'"
                if not db.execute(due).rowcount and not retry_dead(owner):
                    break
            judge(server, db, names)
            lane.count("mails", BATCH)
    for mood, number in server.moods.items():
        lane.count(f"connections: {mood}", number, rounds=0)


def channel(port: int) -> Channel:
    url = f"ops=mailto://127.0.0.1:{port}?from=maint@example.com&to=ops@example.com"
    return parse_channels(url)["ops"]


def raise_alerts(owner: Connection, names: list[str]) -> None:
    findings = [
        {
            "name": "soak", "title": name, "severity": "high", "object": name,
            "category": "backups", "detail": "detail", "remediation": "None.",
            "fingerprint": f"soak:{name}", "metadata": {},
        }
        for name in names
    ]  # fmt: skip
    # A check of its own for each batch: the batches before stay open.
    owner.execute("select maint.sync_alerts(%s, %s::jsonb)", [names[0], json.dumps(findings)])


def judge(server: Server, db: Connection, names: list[str]) -> None:
    """Compare what the server took and answered with what the outbox says."""
    marks = [name.encode() for name in names]
    lost = [mark for mark in marks if not server.taken[mark]]
    twice = [mark for mark in marks if server.answered[mark] > 1]
    states = db.execute(
        "select count(*) filter (where state = 'sent') as sent, count(*) as n "
        "from maint.notifications join public.security_alerts as alert on alert.id = alert_id "
        "where alert.alert_type = %s",
        [names[0]],
    ).fetchone()
    if lost or twice or states != {"sent": len(names), "n": len(names)}:
        raise WrongError(f"lost {lost}, twice {twice}, outbox {states}")
