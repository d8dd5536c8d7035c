"""What the checks see of the server's own backups: its archiver and its replication slots."""

from contextlib import closing

import psycopg
import pytest

from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.dev import eventually
from tests.server import fresh_server

# The command is no option here: options win over alter system.
OPTIONS = "-c archive_mode=on -c wal_level=logical"
CHECKS = ("archive_backlog", "archiver_discards", "archiver_failing", "replication_slot_inactive")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with fresh_server(tmp_path_factory.mktemp("server"), OPTIONS) as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(url)
        yield url


@pytest.fixture
def admin(url):
    with closing(connect(url, application_name="test", as_owner=False)) as admin:
        yield admin


@pytest.fixture
def owner(url):
    with closing(connect(url, application_name="test")) as owner:
        yield owner


def status(owner) -> dict[str, str]:
    _, results = run_checks(owner, "backups")
    return {r["check"]: r["status"] for r in results if r["check"] in CHECKS}


def detail(owner, check: str) -> str:
    return owner.execute(f"select detail from maint.check_{check}()").fetchone()["detail"]


def set_archive_command(admin, command: str) -> None:
    admin.execute(f"alter system set archive_command = '{command}'")
    admin.execute("select pg_reload_conf()")
    eventually(
        lambda: admin.execute("show archive_command").fetchone()["archive_command"] == command
    )


def archived(admin, column: str) -> bool:
    """Finish a WAL segment and wait for the archiver to do something with it."""
    before = admin.execute(f"select {column} as at from pg_stat_archiver").fetchone()["at"]
    admin.execute("create table if not exists public.filler (); select pg_switch_wal()")
    admin.execute("insert into public.filler default values; select pg_switch_wal()")
    return eventually(
        lambda: admin.execute(
            f"select {column} is distinct from %s as new from pg_stat_archiver", [before]
        ).fetchone()["new"],
        every=0.5,
    )


def test_a_failing_archiver_is_seen_until_it_succeeds(admin, owner, tmp_path):
    set_archive_command(admin, "/bin/false")
    archived(admin, "last_failed_time")
    assert status(owner)["archiver_failing"] == "findings"
    assert "the last success was never" in detail(owner, "archiver_failing")
    set_archive_command(admin, "test -f %p")
    archived(admin, "last_archived_time")
    assert status(owner)["archiver_failing"] == "passed"


def test_a_command_that_keeps_nothing_looks_healthy_to_the_server_only(admin, owner):
    for command in ("/bin/true", "true", "exit 0", "/usr/bin/true %p"):
        set_archive_command(admin, command)
        assert status(owner)["archiver_discards"] == "findings"
        assert command in detail(owner, "archiver_discards")
    archived(admin, "last_archived_time")
    assert status(owner)["archiver_failing"] == "passed"
    set_archive_command(admin, "cp %p /somewhere/%f")
    assert status(owner)["archiver_discards"] == "passed"


def test_a_backlog_needs_a_privilege_and_says_so(admin, owner):
    set_archive_command(admin, "/bin/false")
    _, results = run_checks(owner, "backups")
    (result,) = [result for result in results if result["check"] == "archive_backlog"]
    assert result["status"] == "not_applicable"
    assert "needs execute on pg_catalog.pg_ls_archive_statusdir()" in result["problem"]

    admin.execute("grant execute on function pg_ls_archive_statusdir() to maint_owner")
    admin.execute("update maint.check_thresholds set value = '2' where name = 'segments'")
    assert status(owner)["archive_backlog"] in ("passed", "findings")
    for _ in range(4):
        admin.execute("insert into public.filler default values; select pg_switch_wal()")
    assert status(owner)["archive_backlog"] == "findings"
    set_archive_command(admin, "test -f %p")
    eventually(lambda: status(owner)["archive_backlog"] == "passed", every=1)


def test_a_slot_that_nobody_reads(admin, owner):
    assert status(owner)["replication_slot_inactive"] == "passed"
    admin.execute("select pg_create_physical_replication_slot('forgotten', true)")
    admin.execute("update maint.check_thresholds set value = '1' where name = 'megabytes'")
    for _ in range(2):
        admin.execute("insert into public.filler default values; select pg_switch_wal()")
    assert status(owner)["replication_slot_inactive"] == "findings"
    assert '"forgotten" is inactive' in detail(owner, "replication_slot_inactive")
    admin.execute("select pg_drop_replication_slot('forgotten')")
    assert status(owner)["replication_slot_inactive"] == "passed"
