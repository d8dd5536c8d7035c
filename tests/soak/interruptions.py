"""Sessions ended, servers crashed, connections cut during the same tasks; the next run goes on."""

import os
import signal
import socket
import time
from collections import Counter
from contextlib import nullcontext, suppress
from random import Random
from select import select

import psycopg

from tests.dev import free_port
from tests.server import Server
from tests.soak.databases import clone, server, wait_for_the_dead
from tests.soak.kills import TASKS, longer, whole_run
from tests.soak.lanes import Lane
from tests.soak.model import create_model
from tests.soak.tasks import Task
from tests.soak.victims import Victim

END_SESSIONS = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""
KINDS = {"sessions ended": 9, "server crashed": 3, "connections cut": 9}


def interrupt(lane: Lane) -> None:
    """Interrupt until the lane has had its share; each round ends with a whole run."""
    random = Random(lane.seed)
    port = free_port()
    with server(port) as (started, folder), Proxy(port) as proxy:
        tasks = []
        for kind in TASKS:
            url = clone(started.url, f"interrupted_{kind.name}")
            create_model(url)
            tasks.append(kind(url, folder / "archives", random, proxy.url(url)))
        usual = {task: whole_run(task) for task in tasks}
        while lane.goes_on():
            (task,) = random.choices(tasks, [kind.share for kind in TASKS])
            (what,) = random.choices(list(KINDS), list(KINDS.values()))
            task.prepare()
            meddled = random.random() < 0.2
            with task.others_at_work() if meddled else nullcontext():
                victim = Victim(task.work)
                if meddled:
                    task.meddle_meanwhile()
                time.sleep(random.uniform(0, usual[task].seconds * 0.7))
                _break(what, task, started, proxy)
                ended = victim.wait()
            if what == "server crashed":
                for other in tasks:
                    other.reconnect()
            wait_for_the_dead(task.db)
            task.check()
            usual[task] = longer(whole_run(task, fresh=False), usual[task])
            lane.count(what if ended.error else "ended before", rounds=int(bool(ended.error)))


def _break(what: str, task: Task, started: Server, proxy: "Proxy") -> None:
    if what == "sessions ended":
        task.db.execute(END_SESSIONS)
    elif what == "server crashed":
        started.restart()
    else:
        proxy.cut()


class Proxy:
    """A process that leads to a port of this machine, and resets all connections when told."""

    def __init__(self, port: int) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.pid = os.fork()
        if self.pid == 0:
            try:
                _forward(self.listener, port)
            finally:
                os._exit(1)

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.listener.close()

    def url(self, direct: str) -> str:
        port = self.listener.getsockname()[1]
        return psycopg.conninfo.make_conninfo(direct, host="127.0.0.1", port=port)

    def cut(self) -> None:
        os.kill(self.pid, signal.SIGUSR1)


def _forward(listener: socket.socket, port: int) -> None:
    peers: dict[socket.socket, socket.socket] = {}
    told: list[bool] = []
    wake, woken = socket.socketpair()
    signal.signal(signal.SIGUSR1, lambda *_: (told.append(True), woken.send(b"x"))[0])
    while True:
        ready = select([listener, wake, *peers], [], [])[0]
        if told:
            told.clear()
            wake.recv(100)
            for end in peers:
                _reset(end)
            peers.clear()
            continue
        for source in ready:
            if source is listener:
                near, _ = listener.accept()
                with suppress(OSError):  # the server is away: the client is reset as well
                    far = socket.create_connection(("127.0.0.1", port))
                    peers |= {near: far, far: near}
                    continue
                _reset(near)
            elif source in peers:
                _pass_on(source, peers)


def _pass_on(source: socket.socket, peers: dict[socket.socket, socket.socket]) -> None:
    with suppress(OSError):
        if data := source.recv(65536):
            peers[source].sendall(data)
            return
    for end in (source, peers[source]):
        del peers[end]
        with suppress(OSError):
            end.close()


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        end.close()


def rounds(counted: Counter[str]) -> int:
    """Count the runs that were broken off."""
    return sum(counted[kind] for kind in KINDS)
