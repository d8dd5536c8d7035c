"""A server that changes while a run works: failed over, read-only, with other passwords."""

import os
import subprocess
from contextlib import closing
from urllib.parse import quote

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.database.worker import WORKER_ROLE
from maint_pipeline.errors import UnreachableError
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.application import CREATE_PROFILE, OLD
from tests.cli import Cli
from tests.dev import environment, eventually
from tests.server import Server, restartable_server

TASK = "cleanup_old_audit_logs"
ROWS = 20_000
FILL = """
insert into public.audit_logs (entity, action, user_id, time)
select 'invoice', 'read', (select id from public.profiles),
    now() - case when i %% 2 = 0 then interval '200 days' else interval '1 day' end
from generate_series(1, %s) as i
"""
SLOW = "update maint.retention_policies set batch_target = '1 ms'"


@pytest.fixture
def server(tmp_path):
    """A server with a migrated application of 10,000 expired and as many young audit logs."""
    with restartable_server(tmp_path) as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("create database app")
        with psycopg.connect(app(server), autocommit=True) as application:
            create_sample_application(application)
            application.execute(CREATE_PROFILE)
            application.execute(FILL, [ROWS])
            install(app(server))
            application.execute(SLOW)
        yield server


def app(server: Server) -> str:
    return database_url(server.url, "app")


@pytest.fixture
def told(home, storage):
    """Gives `maint` for a database."""

    def told(url: str) -> Cli:
        databases = {"MAINT_DATABASE_URL": url, "MAINT_DAGSTER_DATABASE_URL": storage}
        return Cli({**environment(home), **databases})

    return told


def look(url: str, query: str):
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        return connection.execute(query).fetchone()[0]


def left(url: str) -> int:
    return look(url, f"select count(*) from public.audit_logs where {OLD}")


def at_work(cli: Cli, url: str) -> subprocess.Popen[str]:
    """Start a purge, and wait until it has deleted something."""
    run = cli.start("run", TASK, "--set", "duty_percent=1")
    eventually(lambda: run.poll() is not None or left(url) < ROWS / 2, 120)
    assert run.poll() is None and left(url) > 0
    return run


def failed_in_words(run: subprocess.Popen[str]) -> str:
    _, words = run.communicate(timeout=120)
    assert run.returncode in (1, 2) and "Traceback" not in words, words  # 2: what is configured
    return words


def finishes(cli: Cli, url: str) -> None:
    """The next run deletes the rest, and nothing young is gone."""
    answer = cli("run", TASK)
    assert answer.returncode == 0, answer.stderr
    assert look(url, "select count(*) from public.audit_logs") == ROWS / 2 and left(url) == 0
    runs = "select string_agg(status, ' ' order by started_at) from public.maintenance_task_runs"
    assert look(url, runs) == "failed completed"


@pytest.mark.full
def test_a_standby_is_promoted_while_a_run_works(server, told, tmp_path):
    standby = tmp_path / "standby"
    folder = quote(str(tmp_path), safe="")
    other = quote(str(standby), safe="")
    either = f"postgresql://postgres@/app?host={folder},{other}&target_session_attrs=read-write"
    alone = f"postgresql://postgres@/app?host={other}"
    server.run("pg_basebackup", "-h", tmp_path, "-U", "postgres", "-c", "fast", "-R",
               "-D", standby)  # fmt: skip
    options = f"-c listen_addresses='' -c unix_socket_directories={standby} -c fsync=off"
    at_standby = ("-D", standby, "-w", "-l", tmp_path / "standby.log")
    server.run("pg_ctl", *at_standby, "-o", options, "start")
    try:
        run = at_work(told(either), app(server))
        # Deletions that have not come over are not lost rows: they expire again.
        eventually(lambda: left(alone) < ROWS / 2)
        server.run("pg_ctl", "-m", "immediate", "stop")
        server.run("pg_ctl", *at_standby, "promote")
        failed_in_words(run)
        finishes(told(either), alone)
    finally:
        server.run("pg_ctl", *at_standby, "-m", "immediate", "stop")
        server.start()  # the fixture ends it


@pytest.mark.full
def test_a_primary_becomes_a_standby_while_a_run_works(server, told):
    cli = told(app(server))
    run = at_work(cli, app(server))
    server.run("pg_ctl", "-m", "fast", "stop")
    signal = server.data / "standby.signal"
    signal.touch()
    if os.geteuid() == 0:
        os.chown(signal, server.data.stat().st_uid, -1)
    server.start()
    failed_in_words(run)
    answer = cli("run", TASK)
    words = " ".join(answer.stderr.split())
    assert answer.returncode in (1, 2) and "Traceback" not in words
    assert "standby" in words or "read-only" in words, words
    assert left(app(server)) > 0
    server.run("pg_ctl", "-w", "promote")
    finishes(cli, app(server))


@pytest.fixture
def with_passwords(server, told):
    """The same server, which asks the worker for a password."""
    rules = server.data / "pg_hba.conf"
    rules.write_text(f"local all {WORKER_ROLE} scram-sha-256\n{rules.read_text()}")
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("select pg_reload_conf()")
    cli = told(app(server))
    answer = cli("migrate", "--new-worker-password")
    assert answer.returncode == 0, answer.stderr
    return server


@pytest.mark.full
def test_the_workers_password_changes_while_a_run_works(with_passwords, told, monkeypatch, home):
    url = app(with_passwords)
    cli = told(url)
    run = at_work(cli, url)
    kept = look(url, f"select rolpassword from pg_authid where rolname = '{WORKER_ROLE}'")
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(f"alter role {WORKER_ROLE} password 'another'")
        # Its session goes on; whoever logs in anew is told what to do.
        assert run.poll() is None
        answer = cli("history")
        assert answer.returncode == 2 and "Traceback" not in answer.stderr
        assert "password" in answer.stderr and "maint migrate" in answer.stderr
        monkeypatch.setenv("MAINT_HOME", str(home))
        with pytest.raises(UnreachableError, match="maint migrate"):
            connect(url, application_name="sensor")
        administrator.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s",
            [WORKER_ROLE],
        )
        assert "--new-worker-password" in failed_in_words(run)
        administrator.execute(f"alter role {WORKER_ROLE} password '{kept}'")
    finishes(cli, url)


def test_a_new_password_repairs_the_workers_password(with_passwords, told):
    url = app(with_passwords)
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(f"alter role {WORKER_ROLE} password 'another'")
    cli = told(url)
    assert cli("history").returncode == 2
    assert "maint migrate --new-worker-password" in cli("history").stderr
    answer = cli("migrate", "--new-worker-password")
    assert answer.returncode == 0, answer.stderr
    assert cli("history").returncode == 0
