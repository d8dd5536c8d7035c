"""Watching many databases of one server: one thread listens to them all, nobody asks in vain.

Each database has a session, which is kept. A failed backup and a new notification are heard as they
commit; what makes no sound (a task that did not run, a lost worker, a failure that grew old) is
looked for in rounds. A visit to a database that takes long or fails holds up no other.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

import psycopg

from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.errors import MaintError
from maint_pipeline.registry.databases import Database

CHANNELS = ("maint_backup_failed", "maint_outbox")
ROUND_SECONDS = 120.0
"""After which each database is visited, whether it was heard or not."""

RETRY_SECONDS = 30.0
AT_ONCE = 4
"""Databases of a server that are visited, or logged in to, at a time."""


@dataclass
class Session:
    """A database that is listened to.

    Attributes:
        connection: None while there is none.
        due: when it is visited next, by the clock `monotonic`.
        visits: how many there were.
        memory: what a visit leaves for the next one.
        problem: why the last visit failed.
    """

    database: Database
    connection: Connection | None = None
    due: float = 0.0
    visits: int = 0
    memory: dict[str, object] = field(default_factory=dict)
    problem: str = ""
    is_visited: bool = False

    def heard(self) -> set[str]:
        """Give the channels of what has been notified since it was asked last."""
        if self.connection is None:
            return set()
        return {each.channel for each in self.connection.notifies(timeout=0)}


Visit = Callable[[Session, Connection, set[str]], None]
"""Does what there is to do in a database, given the channels that were heard; none in a round."""


class Listener:
    """Listens to the databases of one server until it is asked to end, or `renew` stays away."""

    def __init__(self, url_of: Callable[[Database], str], visit: Visit) -> None:
        """Take how to log in to a database, and what to do there."""
        self._url_of, self._visit = url_of, visit
        self.sessions: dict[str, Session] = {}
        self._wanted: Mapping[str, Database] = {}
        self._until = 0.0
        self._ending = Event()
        self._done: SimpleQueue[Session] = SimpleQueue()
        self._selector = selectors.DefaultSelector()
        self._bell, self._ear = socket.socketpair()
        self._ear.setblocking(False)
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="visit")
        self._thread: Thread | None = None

    def renew(self, databases: Mapping[str, Database], seconds: float) -> None:
        """Listen to these databases, by name, for so long from now on."""
        self._wanted, self._until = databases, monotonic() + seconds
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._listen, name="listen", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """End soon."""
        self._ending.set()

    def _listen(self) -> None:
        while monotonic() < self._until and not self._ending.is_set():
            self._follow_registry()
            self._begin_rounds()
            for key, _ in self._selector.select(timeout=0.5):
                if key.data is None:
                    with suppress(BlockingIOError):
                        self._ear.recv(4096)
                else:
                    self._begin(key.data)
            with suppress(Empty):
                while True:
                    self._settle(self._done.get_nowait())
        for session in list(self.sessions.values()):
            self._drop(session)

    def _follow_registry(self) -> None:
        wanted = self._wanted
        for name, session in list(self.sessions.items()):
            if wanted.get(name) != session.database and not session.is_visited:
                self._drop(session)
        for place, (name, database) in enumerate(wanted.items()):
            if name not in self.sessions:
                # The first visits come at once, later ones are spread over the round.
                spread = ROUND_SECONDS * (place / max(1, len(wanted)))
                self.sessions[name] = Session(database, memory={"spread": spread})

    def _begin_rounds(self) -> None:
        now = monotonic()
        for session in self.sessions.values():
            if session.due <= now and not session.is_visited:
                self._begin(session)

    def _begin(self, session: Session) -> None:
        if session.is_visited:
            return
        session.is_visited = True
        if session.connection is not None:
            with suppress(KeyError, ValueError):
                self._selector.unregister(session.connection)
        self._pool.submit(self._call_on, session)

    def _call_on(self, session: Session) -> None:
        """Visit a database; in a thread of its own."""
        try:
            self._work(session)
            session.problem = ""
        except (MaintError, psycopg.Error, OSError) as error:
            session.problem = str(error).strip() or type(error).__name__
            if session.connection is not None:
                session.connection.close()
                session.connection = None
            session.due = monotonic() + RETRY_SECONDS
        except Exception as error:  # a thread that ended silently would be a database nobody hears
            session.problem = f"{type(error).__name__}: {error}"
            session.due = monotonic() + RETRY_SECONDS
        finally:
            self._done.put(session)
            self._bell.send(b"x")

    def _work(self, session: Session) -> None:
        if session.connection is None:
            session.connection = connect(
                self._url_of(session.database), application_name="maint listens"
            )
            for channel in CHANNELS:
                session.connection.execute(f"listen {channel}".encode())
            session.due = 0.0
        heard = session.heard()
        if session.due <= monotonic():
            self._visit(session, session.connection, set())
            first = float(str(session.memory.pop("spread", 0.0)))
            session.due = monotonic() + (first or ROUND_SECONDS)
            session.visits += 1
            heard = session.heard()
        while heard and not self._ending.is_set():
            self._visit(session, session.connection, heard)
            heard = session.heard()

    def _settle(self, session: Session) -> None:
        session.is_visited = False
        if session.connection is not None:
            self._selector.register(session.connection, selectors.EVENT_READ, session)

    def _drop(self, session: Session) -> None:
        self.sessions.pop(session.database.name, None)
        if session.connection is not None:
            with suppress(KeyError, ValueError):
                self._selector.unregister(session.connection)
            session.connection.close()
