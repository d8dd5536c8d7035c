"""The doctor finds what is wrong, and says how to mend it."""

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import closing, contextmanager

import psycopg
import pytest
from psycopg import conninfo

from maint_pipeline.alerts.outbox import register_channels
from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.doctor.examinations import examine
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.installation.install import install
from tests.dev import eventually, free_port

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")


def by_name(url: str, storage_url: str):
    return {diagnosis.name: diagnosis for diagnosis in examine(ApplicationUrls(url), storage_url)}


def test_a_sound_installation(database, server_url):
    found = by_name(database, server_url)
    assert list(found) == [
        "connection", "version", "writable", "pooler", "clock", "migrations", "functions",
        "left out", "worker", "trust", "owner session", "privileges", "partitions", "admin test",
        "latest runs", "checks", "not checked", "schedules", "windows", "notifications",
        "dagster storage",
    ]  # fmt: skip
    # Nothing has run yet: that is neither well nor wrong.
    unseen = {"latest runs", "checks", "notifications"}
    assert {name for name, diagnosis in found.items() if not diagnosis.ok} == unseen, found
    assert {found[name].ok for name in unseen} == {None}


def test_notifications_are_judged_by_what_the_daemon_has(database, server_url, owner):
    off = by_name(database, server_url)["notifications"]
    assert off.ok is None and "off" in off.finding and "MAINT_NOTIFY_URLS" in off.remedy
    register_channels(owner, ["ops"], "high")
    on = by_name(database, server_url)["notifications"]
    assert on.ok and on.finding == "channels of the daemon: ops; this shell has none"


def test_every_trouble_has_a_remedy(new_database, server_url):
    found = by_name(new_database(), "postgresql://postgres:s3cret@127.0.0.1:1/dagster")
    troubles = {name: diagnosis for name, diagnosis in found.items() if not diagnosis.ok}
    assert set(troubles) == {"migrations", "dagster storage"}
    assert "maint migrate" in troubles["migrations"].remedy
    assert "MAINT_DAGSTER_DATABASE_URL" in troubles["dagster storage"].remedy
    assert "s3cret" not in str(found)


def test_a_database_that_is_read_only(database, superuser, server_url):
    name = conninfo.conninfo_to_dict(database)["dbname"]
    superuser.execute(f'alter database "{name}" set default_transaction_read_only = on')
    found = by_name(database, server_url)
    assert not found["writable"].ok
    assert "default_transaction_read_only" in found["writable"].remedy


def test_a_server_out_of_reach(server_url):
    found = by_name("postgresql://postgres:s3cret@127.0.0.1:1/app", server_url)
    assert not found["connection"].ok and "MAINT_DATABASE_URL" in found["connection"].remedy
    assert set(found) == {"connection", "dagster storage"}
    assert "s3cret" not in str(found)


def test_a_role_that_may_not_act_for_the_owner(database, superuser, server_url):
    superuser.execute("drop role if exists doctor_guest")
    superuser.execute("create role doctor_guest login")
    guest = conninfo.make_conninfo(database, user="doctor_guest")
    try:
        found = by_name(guest, server_url)
    finally:
        superuser.execute("drop role doctor_guest")
    assert found["worker"].ok and found["worker"].finding == "tasks log in as maint_worker"
    problem = "the role doctor_guest may not act as postgres, the table's owner"
    assert not found["owner session"].ok and problem in found["owner session"].finding
    assert "MAINT_OWNER_DATABASE_URL" in found["owner session"].remedy


def test_a_privilege_that_a_policy_lacks(database, superuser, server_url):
    superuser.execute("revoke delete on public.audit_logs from maint_owner")
    found = by_name(database, server_url)["privileges"]
    assert not found.ok and "audit_logs" in found.finding


@contextmanager
def pgbouncer(server_url: str, mode: str, folder):
    """A pooler in front of the test server, and its port."""
    server = conninfo.conninfo_to_dict(server_url)
    port = free_port()
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={server['host']} port={server.get('port', 5432)}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = trust\nauth_file = {folder}/users\npool_mode = {mode}\n"
        f"logfile = {folder}/log\n"
    )
    (folder / "users").write_text('"postgres" ""\n"maint_worker" ""\n')
    # Like PostgreSQL it refuses root, and it needs to reach the server's socket.
    owner = os.stat(server["host"]).st_uid  # noqa: PTH116
    user = {"user": owner, "group": pwd.getpwuid(owner).pw_gid, "extra_groups": []}
    os.chown(folder, owner, -1)
    for parent in folder.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    as_user = user if os.geteuid() == 0 else {}
    process = subprocess.Popen([PGBOUNCER, "-q", settings], stderr=subprocess.PIPE, **as_user)
    try:
        eventually(lambda: process.poll() is not None or accepts(port), seconds=60)
        assert process.poll() is None, process.stderr.read()
        yield port
    finally:
        process.terminate()
        process.wait()


def accepts(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.skipif(
    PGBOUNCER is None and not os.environ.get("MAINT_TEST_REQUIRE_ALL"),
    reason="pgbouncer is not installed",
)
@pytest.mark.parametrize(("mode", "ok"), [("transaction", False), ("session", True)])
def test_a_pooler_in_between(database, server_url, tmp_path, mode, ok):
    dbname = conninfo.conninfo_to_dict(database)["dbname"]
    with pgbouncer(server_url, mode, tmp_path) as port:
        url = database_url(f"postgresql://postgres@127.0.0.1:{port}/postgres", dbname)
        psycopg.connect(url).close()
        found = by_name(url, server_url)
        if ok:
            with closing(connect(url, application_name="test")) as connection:
                assert connection.info.user == "maint_worker"
        for step in () if ok else (install, lambda url: connect(url, application_name="test")):
            with pytest.raises(ConfigurationError, match="session mode") as refused:
                step(url)
            assert len(str(refused.value).splitlines()) == 2
    assert found["pooler"].ok is ok
    assert ok or "session mode" in found["pooler"].remedy


def test_quiet_is_silent_as_long_as_nothing_is_wrong(cli):
    answer = cli("doctor", "--quiet")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    # Though something was not checked: that is said to who asks in full.
    assert None in [row["ok"] for row in cli.json("doctor")]


def test_quiet_has_one_line_for_each_problem(cli, superuser):
    superuser.execute("revoke delete on public.audit_logs from maint_owner")
    broken = cli.with_variables(MAINT_DAGSTER_DATABASE_URL="postgresql://a:s3cret@127.0.0.1:1/x")
    answer = broken("doctor", "--quiet")
    assert answer.returncode == 1 and answer.stderr == ""
    names = [line.partition(": ")[0] for line in answer.stdout.splitlines()]
    assert names == ["privileges", "dagster storage"]
    assert "MAINT_DAGSTER_DATABASE_URL" in answer.stdout and "s3cret" not in answer.stdout


def test_quiet_says_what_keeps_it_from_checking(cli):
    lost = cli.with_variables(MAINT_DATABASE_URL="postgresql://a:s3cret@127.0.0.1:1/x")
    answer = lost("doctor", "--quiet")
    assert answer.returncode == 1 and answer.stdout.startswith("connection: ")
    assert len(answer.stdout.splitlines()) == 1 and "s3cret" not in answer.stdout
    assert cli("doctor", "--quiet", "--json").returncode == 2
