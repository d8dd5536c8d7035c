"""What the guard costs a GraphQL request: Dagster's web application with it and without.

Called in this process, as its web server calls it, so that no network blurs the figure; in CPU
time, so that nothing else on the machine does. The second pair has an application behind the guard
that answers at once: what is left is the guard alone.

python -m benchmarks.guard
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from statistics import median

from dagster import DagsterInstance
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import EmptyWorkspaceTarget
from dagster_webserver.app import create_app_from_workspace_process_context
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maint_pipeline.instance.web.addresses import Ours
from maint_pipeline.instance.web.guard import Guard

ROUNDS = 9
REQUESTS = 300
GOAL_MILLISECONDS = 1.0
BODY = b'{"operationName": "Version", "query": "query Version { version }", "variables": {}}'
# As Chromium sends them.
HEADERS = {
    "host": "127.0.0.1:3000",
    "connection": "keep-alive",
    "content-length": str(len(BODY)),
    "sec-ch-ua-platform": '"Linux"',
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36",
    "accept": "*/*",
    "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24"',
    "content-type": "application/json",
    "sec-ch-ua-mobile": "?0",
    "origin": "http://127.0.0.1:3000",
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
    "referer": "http://127.0.0.1:3000/jobs",
    "accept-encoding": "gzip, deflate, br, zstd",
    "accept-language": "en-US,en;q=0.9",
}
SCOPE: Scope = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.3"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/graphql",
    "raw_path": b"/graphql",
    "root_path": "",
    "query_string": b"op=Version",
    "headers": [(name.encode(), value.encode()) for name, value in HEADERS.items()],
    "client": ("127.0.0.1", 50000),
    "server": ("127.0.0.1", 3000),
}


def main() -> None:
    """Measure both pairs, and end with 1 when the guard costs more than it may."""
    ours = Ours.of(3000, ui_url="https://dagster.example.com", allowed_hosts="proxy.internal")
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as home:
        instance = DagsterInstance.local_temp(home)
        with instance, WorkspaceProcessContext(instance, EmptyWorkspaceTarget()) as context:
            dagster = create_app_from_workspace_process_context(context)
            bare, guarded = asyncio.run(_compare(dagster, Guard(dagster, ours)))
    print(f"GraphQL request to Dagster: {bare:.3f} ms, behind the guard {guarded:.3f} ms")
    at_once, alone = asyncio.run(_compare(_answer, Guard(_answer, ours)))
    print(f"the guard alone: {alone - at_once:.3f} ms")
    print(
        f"  CPU time, medians of {ROUNDS} rounds of {REQUESTS} in turn; "
        f"goal: under {GOAL_MILLISECONDS} ms"
    )
    if max(guarded - bare, alone - at_once) >= GOAL_MILLISECONDS:
        sys.exit("The guard costs too much.")


async def _compare(*apps: ASGIApp) -> list[float]:
    """Give each application's median milliseconds of CPU, rounds in turn."""
    rounds: list[list[float]] = [[] for _ in apps]
    for number in range(ROUNDS + 1):
        for measured, app in zip(rounds, apps, strict=True):
            times = [await _request(app) for _ in range(REQUESTS)]
            if number:  # the first warms up
                measured.append(median(times))
    return [median(measured) for measured in rounds]


async def _request(app: ASGIApp) -> float:
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    started = time.process_time()
    await app({**SCOPE}, receive, send)
    seconds = time.process_time() - started
    assert statuses == [200]
    return seconds * 1000


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


if __name__ == "__main__":
    main()
