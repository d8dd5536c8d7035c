"""Who can write to the broker: what a hostile message does, and what Redis lets pass."""

import base64
import json
import pickle
import subprocess
from uuid import uuid4

import pytest
import redis
from celery import Celery
from dagster import DagsterInstance, DagsterRunStatus
from dagster_celery.config import TASK_EXECUTE_JOB_NAME, TASK_EXECUTE_PLAN_NAME

from maint_pipeline.instance.internals.celery_launcher import TASK
from tests.celery_parts import deployment
from tests.celery_redis import create_run
from tests.dev import eventually

pytestmark = [pytest.mark.full, pytest.mark.any_version]
JOB = "cleanup_old_audit_logs"


class Payload:
    """Unpickled it makes a file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __reduce__(self):
        return subprocess.check_call, (["touch", self.file],)


@pytest.fixture(scope="module")
def celery(tmp_path_factory, server_url, template):
    with deployment(tmp_path_factory.mktemp("broker"), server_url) as made:
        made.start_worker("first", 1)
        yield made


def send(celery, body: bytes, *, content_type="application/json", task=TASK, task_id=None):
    """Put a message into the queue as Redis has it: a list."""
    task_id = task_id or str(uuid4())
    message = {
        "body": base64.b64encode(body).decode(), "content-encoding": "utf-8",
        "content-type": content_type,
        "headers": {"lang": "py", "task": task, "id": task_id, "root_id": task_id},
        "properties": {
            "correlation_id": task_id, "delivery_mode": 2, "delivery_tag": str(uuid4()),
            "body_encoding": "base64", "priority": 0,
            "delivery_info": {"exchange": "", "routing_key": "dagster"},
        },
    }  # fmt: skip
    celery.redis.command("lpush", "dagster", json.dumps(message))


def arguments(*given: object, **embedded: object) -> bytes:
    return json.dumps([given, {}, embedded]).encode()


def still_works(celery) -> None:
    """The worker is up, and does a run of ours."""
    with DagsterInstance.get() as instance:
        run = create_run(instance, JOB)
        instance.launch_run(run.run_id, None)
    assert celery.finished(run.run_id) is DagsterRunStatus.SUCCESS
    assert celery.alive("first")


def test_what_is_no_json_is_never_read(celery, tmp_path):
    canary = tmp_path / "canary"
    evil = pickle.dumps([(), {"x": Payload(str(canary))}, {}])
    yaml = f"!!python/object/apply:subprocess.check_call [[touch, {canary}]]".encode()
    for kind in ("application/x-python-serialize", "application/pickle", "python/pickle"):
        send(celery, evil, content_type=kind)
    send(celery, yaml, content_type="application/x-yaml")
    send(celery, b"{", content_type="application/json")
    still_works(celery)
    assert celery.log("first").count("Refusing to deserialize") >= 4
    assert not canary.exists()


def test_a_message_that_ends_a_worker_ends_none_of_its_runs(celery):
    """Kombu reads the envelope before anybody can refuse it; systemd starts the worker again."""
    celery.fill(20_000)
    with DagsterInstance.get() as instance:
        run = create_run(instance, JOB, {"duty_percent": 1})
        instance.launch_run(run.run_id, None)
    celery.working(run.run_id)
    celery.redis.command("lpush", "dagster", "not even a message")
    celery.ended("first")
    assert celery.status(run.run_id) is DagsterRunStatus.SUCCESS
    celery.start_worker("first", 1)
    still_works(celery)


def test_of_tasks_there_is_one_and_it_does_only_what_was_launched(celery, tmp_path):
    canary = tmp_path / "canary"
    (tmp_path / "evil.py").write_text(f"open({str(canary)!r}, 'w')\n")
    executable = {"__class__": "ReconstructableJob", "repository": {
        "__class__": "ReconstructableRepository", "pointer": {
            "__class__": "FileCodePointer", "python_file": str(tmp_path / "evil.py"),
            "fn_name": "defs", "working_directory": str(tmp_path)}}}  # fmt: skip
    send(celery, arguments({}, executable), task=TASK_EXECUTE_PLAN_NAME)
    send(celery, arguments({}), task=TASK_EXECUTE_JOB_NAME)
    # What Celery itself brings: tasks that run other tasks.
    inner = {"task": TASK, "args": [], "kwargs": {}, "options": {}}
    with DagsterInstance.get() as instance:
        done = create_run(instance, JOB)
        instance.launch_run(done.run_id, None)
        assert celery.finished(done.run_id) is DagsterRunStatus.SUCCESS
        queued = create_run(instance, JOB)
        for run_id in (queued.run_id, done.run_id, str(uuid4()), "'; drop table runs", 7, None, {}):
            send(celery, arguments(run_id))
        send(celery, arguments(inner, [[queued.run_id]]), task="celery.starmap")
        send(celery, arguments(inner, [queued.run_id]), task="celery.map")
        send(celery, arguments("x", chain=[inner], callbacks=[inner], errbacks=[inner]))
        task_id = instance.get_run_by_id(done.run_id).tags["dagster-celery/task_id"]
        send(celery, arguments(done.run_id), task_id=task_id)  # the very message, once more
    eventually(lambda: celery.log("first").count("Refused") >= 7)
    still_works(celery)
    assert celery.status(queued.run_id) is DagsterRunStatus.QUEUED
    assert celery.statuses(queued.run_id) == [] and len(celery.statuses(done.run_id)) == 1
    assert not canary.exists()


def test_no_remote_control(celery):
    """Celery's commands by broadcast: shut down, more processes, kill a task."""
    app = Celery(broker=celery.redis.url)
    app.conf.accept_content = ["json"]
    app.control.broadcast("shutdown")
    app.control.broadcast("pool_grow", arguments={"n": 50})
    app.control.broadcast("pool_restart", arguments={"modules": ["antigravity"], "reload": True})
    still_works(celery)
    assert len(celery.children("first")) <= 2


def test_redis_lets_the_workers_user_only_move_messages(celery):
    plain = redis.Redis(unix_socket_path=str(celery.redis.socket))
    with pytest.raises(redis.exceptions.AuthenticationError):
        plain.ping()
    refused = (
        ("config", "set", "dir", "/tmp"), ("config", "get", "*"), ("acl", "list"), ("shutdown",),
        ("module", "load", "/tmp/x.so"), ("debug", "segfault"), ("eval", "return 1", "0"),
        ("flushall",), ("keys", "*"), ("replicaof", "127.0.0.1", "1"), ("save",),
        ("set", "other", "1"), ("get", "other"), ("migrate", "x", "1", "dagster", "0", "1"),
        ("client", "kill", "type", "normal"), ("monitor",),
    )  # fmt: skip
    for words in refused:
        with pytest.raises(redis.exceptions.ResponseError, match=r"(?i)no permissions|not allowed"):
            celery.redis.command(*words)
