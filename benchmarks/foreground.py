"""An application at work: small transactions at a steady rate, and how long they take."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context
from threading import Thread
from typing import Any

import psycopg

TRANSACTIONS_PER_SECOND = 300
CONNECTIONS = 4
PEOPLE = "select id from public.profiles order by id"
INSERT = (
    "insert into public.audit_logs (entity, entity_id, action, user_id) "
    "values ('invoice', gen_random_uuid(), 'update', %s)"
)
SELECT = (
    "select time, action from public.audit_logs "
    "where user_id = %s and entity = 'invoice' order by time desc limit 20"
)


@dataclass
class Foreground:
    """A process with a load on a database, while the block runs.

    Attributes:
        url: of the database.
        samples: afterwards, when each transaction should have begun (`time.time()`) and how many
            seconds later it ended: one that had to wait for its turn counts that too.
    """

    url: str
    samples: list[tuple[float, float]] = field(default_factory=list)

    def __enter__(self) -> Foreground:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(self.url, theirs))
        self._process.start()
        self._ours.recv()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ours.send("stop")
        self.samples = self._ours.recv()
        self._process.join()

    def p99(self, begin: float = 0.0, end: float = float("inf")) -> float:
        """Give the 99th percentile of the seconds of what should have begun in a time."""
        seconds = sorted(took for began, took in self.samples if begin <= began < end)
        return seconds[int(len(seconds) * 0.99)]


def _work(url: str, pipe: Any) -> None:
    samples: list[tuple[float, float]] = []
    stop: list[bool] = []
    threads = [
        Thread(target=_transactions, args=(url, number, samples, stop), daemon=True)
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(2)  # connections, plans, caches
    samples.clear()
    pipe.send("working")
    pipe.recv()
    stop.append(True)
    for thread in threads:
        thread.join()
    pipe.send(samples)


def _transactions(
    url: str, number: int, samples: list[tuple[float, float]], stop: list[bool]
) -> None:
    pause = CONNECTIONS / TRANSACTIONS_PER_SECOND
    with closing(psycopg.connect(url)) as connection:
        people = [row[0] for row in connection.execute(PEOPLE).fetchall()]
        due = time.time() + number * pause / CONNECTIONS
        while not stop:
            time.sleep(max(0.0, due - time.time()))
            person = people[len(samples) % len(people)]
            connection.execute(INSERT, [person])
            connection.execute(SELECT, [person]).fetchall()
            connection.commit()
            samples.append((due, time.time() - due))
            due += pause
