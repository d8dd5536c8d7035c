"""How tasks come to log in as maint_worker: passwords, poolers, two URLs, and going again."""

import json
import os
import pty
import stat
import subprocess
import sys
from contextlib import closing, suppress

import psycopg
import pytest
from psycopg import conninfo
from psycopg.rows import dict_row

from maint_pipeline.database.application import application_urls
from maint_pipeline.database.connection import connect
from maint_pipeline.database.migrate import new_worker_password
from maint_pipeline.database.migration_lock import MigrationRunningError, one_migration_at_a_time
from maint_pipeline.database.urls import database_url
from maint_pipeline.database.worker import worker_url
from maint_pipeline.errors import ConfigurationError, UnreachableError
from maint_pipeline.installation.install import install, remove
from maint_pipeline.sample import create_sample_application
from maint_pipeline.settings import load_settings
from tests.cli import Cli
from tests.dev import environment
from tests.server import restartable_server


@pytest.fixture
def server(tmp_path):
    """URL of the superuser on a server that asks everybody for a password."""
    secret = tmp_path / "secret"
    secret.write_text("admin's secret\n")
    secret.chmod(0o644)
    options = ("-A", "scram-sha-256", "--pwfile", str(secret))
    tmp_path.chmod(0o755)
    with restartable_server(tmp_path, initdb=options) as running:
        yield conninfo.make_conninfo(running.url, password="admin's secret")


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("MAINT_HOME", str(folder))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    return folder


def second_database(server: str) -> str:
    with closing(psycopg.connect(server, autocommit=True)) as superuser:
        superuser.execute("create database second")
    return database_url(server, "second")


def login(url: str) -> str:
    with closing(connect(url, application_name="test")) as connection:
        return connection.info.user


def test_migrate_makes_the_password_and_keeps_it(server, home):
    install(server)
    file = home / "worker-passwords.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (password,) = json.loads(file.read_text()).values()
    assert login(server) == "maint_worker"
    assert conninfo.conninfo_to_dict(worker_url(server))["password"] == password
    with closing(psycopg.connect(server)) as superuser:
        row = superuser.execute(
            "select rolpassword from pg_authid where rolname = 'maint_worker'"
        ).fetchone()
        assert row[0].startswith("SCRAM-SHA-256$") and password not in row[0]
    install(second_database(server))  # of the same server: the role is there
    assert json.loads(file.read_text()) == {next(iter(json.loads(file.read_text()))): password}
    assert login(server) == "maint_worker"


def test_another_machine_is_told_what_to_do(server, home, monkeypatch, tmp_path):
    install(server)
    url = worker_url(server)
    monkeypatch.setenv("MAINT_HOME", str(tmp_path / "another machine"))
    with pytest.raises(UnreachableError) as refused:
        login(server)
    message = str(refused.value)
    assert "maint migrate --print-worker-url" in message and "MAINT_ADMIN_DATABASE_URL" in message
    assert "secret" not in message
    install(server)
    with pytest.raises(UnreachableError):
        login(server)  # an existing role keeps its password
    monkeypatch.setenv("MAINT_DATABASE_URL", url)
    monkeypatch.setenv("MAINT_ADMIN_DATABASE_URL", server)
    with application_urls(load_settings()) as urls:
        assert urls.worker == url and urls.administrator == urls.owner == server
    assert login(url) == "maint_worker"


def test_a_new_password_when_asked_for(server, home, monkeypatch, tmp_path):
    install(server)
    before = worker_url(server)
    monkeypatch.setenv("MAINT_HOME", str(tmp_path / "another machine"))
    new_worker_password(server)
    assert login(server) == "maint_worker"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(before)


def test_a_password_of_the_environment_is_the_administrators(server, home, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "admin's secret")
    url = server.replace("password=", "application_name=")
    install(url)
    assert login(url) == "maint_worker"


def test_the_command_line(server, home, tmp_path):
    with closing(psycopg.connect(server, autocommit=True)) as superuser:
        create_sample_application(superuser)
    cli = Cli({**environment(home), "MAINT_DATABASE_URL": server})
    ended = cli("migrate")
    assert ended.returncode == 0 and "can't log in" not in ended.stdout, ended
    url = cli("migrate", "--print-worker-url").stdout.strip()
    assert conninfo.conninfo_to_dict(url)["user"] == "maint_worker"
    ran = cli("run", "cleanup_old_audit_logs", "--json")
    assert ran.returncode == 0, ran.stderr
    elsewhere = Cli({**environment(tmp_path / "elsewhere"), "MAINT_DATABASE_URL": server})
    ended = elsewhere("migrate")
    assert ended.returncode == 0 and "Tasks can't log in yet" in ended.stdout
    refused = elsewhere("run", "cleanup_old_audit_logs")
    assert refused.returncode == 2 and "Traceback" not in refused.stderr
    both = elsewhere.with_variables(MAINT_DATABASE_URL=url, MAINT_ADMIN_DATABASE_URL=server)
    ran = both("run", "cleanup_old_audit_logs", "--json")
    assert ran.returncode == 0, ran.stderr
    ended = elsewhere("migrate", "--new-worker-password")
    assert "worker-passwords.json" in ended.stdout and "can't log in" not in ended.stdout
    for arguments in (("--plan", "--down"), ("--down", "--server-views"), ("--trust", "nobody")):
        ended = cli("migrate", *arguments)
        assert ended.returncode == 2 and "Traceback" not in ended.stderr, arguments


def test_down_drops_the_roles_with_the_last_database(server, home):
    second = second_database(server)
    install(server)
    install(second)
    said: list[str] = []
    remove(server, said.append)
    assert any("another database" in line for line in said)
    assert login(second) == "maint_worker"
    remove(second)
    with closing(psycopg.connect(server)) as superuser:
        left = superuser.execute("select rolname from pg_roles where rolname like 'maint%'")
        assert left.fetchall() == []
    assert install(server) is True and login(server) == "maint_worker"


def test_logins_of_a_platforms_pooler_keep_their_project():
    url = "postgresql://postgres.abcdefgh:secret@pooler.example:5432/postgres"
    parts = conninfo.conninfo_to_dict(worker_url(url))
    assert parts["user"] == "maint_worker.abcdefgh" and "password" not in parts
    assert worker_url(worker_url(url)) == worker_url(url)


def test_a_role_that_can_do_more_is_never_the_worker(server, home):
    install(server)
    with closing(psycopg.connect(server, autocommit=True)) as superuser:
        superuser.execute("alter role maint_worker createrole")
        with pytest.raises(ConfigurationError, match="can do more than maint_owner"):
            login(server)
        superuser.execute("comment on schema maint is 'of another version'")
        with pytest.raises(ConfigurationError, match="alter role maint_worker nosuperuser"):
            install(server)
        superuser.execute("alter role maint_worker nocreaterole")
    assert install(server) is True and login(server) == "maint_worker"


def test_who_may_only_connect_holds_up_no_migration(server, home):
    with closing(psycopg.connect(server, autocommit=True)) as superuser:
        superuser.execute("create role stranger login password 'x'")
    url = conninfo.make_conninfo(server, user="stranger", password="x")
    said: list[str] = []
    with closing(psycopg.connect(url, autocommit=True)) as stranger:
        stranger.execute("select pg_advisory_lock(hashtextextended('maint_pipeline.migrate', 0))")
        assert install(server, said.append) is True
    assert any("stranger (backend" in line and "continuing without" in line for line in said)


def test_a_migration_that_another_one_holds_up_names_it(server, home):
    with closing(psycopg.connect(server, autocommit=True)) as other:
        other.execute("select pg_advisory_lock(hashtextextended('maint_pipeline.migrate', 0))")
        with closing(psycopg.connect(server, autocommit=True)) as connection:
            connection.row_factory = dict_row
            with pytest.raises(MigrationRunningError, match="pg_terminate_backend"):
                with one_migration_at_a_time(connection, lambda words: None, seconds=0):
                    pass


def test_at_a_terminal_migrate_asks_whom_to_trust(server, home):
    with closing(psycopg.connect(server, autocommit=True)) as superuser:
        superuser.execute("create role app_owner; create role other_owner")
        create_sample_application(superuser)
        superuser.execute(
            "alter table public.audit_logs owner to app_owner; "
            "alter table public.backup_runs owner to other_owner"
        )
    variables = {**environment(home), "MAINT_DATABASE_URL": server, "TERM": "dumb"}
    plan = Cli(variables)("migrate", "--plan").stdout
    assert "public.audit_logs belongs to app_owner: maint migrate --trust app_owner" in plan
    ours, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", "migrate"],
        stdin=terminal, stdout=terminal, stderr=terminal, env=variables,
    )  # fmt: skip
    os.close(terminal)
    os.write(ours, b"y\nn\n")
    said = b""
    with suppress(OSError):  # the terminal's end
        while part := os.read(ours, 10_000):
            said += part
    assert process.wait(timeout=60) == 0, said
    text = " ".join(said.decode().split())
    assert "Trust app_owner? [y/N]" in text and "Trust other_owner? [y/N]" in text
    assert "Left out: public.backup_runs" in text and "Left out: public.audit_logs" not in text
    with closing(psycopg.connect(server)) as superuser:
        rows = superuser.execute("select role::text from maint.trusted_owners").fetchall()
        assert rows == [("app_owner",)]
        grants = superuser.execute(
            "select has_table_privilege('maint_owner', 'public.audit_logs', 'delete'), "
            "has_table_privilege('maint_owner', 'public.backup_runs', 'select')"
        ).fetchone()
        assert grants == (True, False)
        history = superuser.execute(
            "select action, object from maint.changes where table_name = 'trusted_owners'"
        ).fetchall()
        assert len(history) == 1, history
    doctor = {row["name"]: row for row in json.loads(Cli(variables)("doctor", "--json").stdout)}
    assert "other_owner" in doctor["trust"]["finding"] and not doctor["trust"]["ok"]
    later = Cli(variables)("migrate", "--trust", "other_owner")
    assert later.returncode == 0 and "Left out" not in later.stdout
    assert "Members of maint_owner" not in later.stdout
    with closing(psycopg.connect(server, autocommit=True)) as superuser:
        superuser.execute("create role pal; grant maint_owner to pal")
    assert "all that maintenance can: pal." in " ".join(Cli(variables)("migrate").stdout.split())
