"""Base backups that attack the machine on which they are tried: nothing of them reaches it."""

import io
import os
import shutil
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.backups.errors import NoSandboxError
from maint_pipeline.backups.restore_test import RestoreEnvironment, try_restore
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from tests.server import restartable_server

pytestmark = pytest.mark.full

PROGRAMS = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS))
FILL = "create table public.orders as select i as id from generate_series(1, 1000) as i"


@pytest.fixture
def base_backup(tmp_path):
    """Makes a base backup of a server after some statements of its superuser."""

    def make(*statements: str) -> Path:
        home, folder = tmp_path / "pg", tmp_path / "base"
        home.mkdir()
        with restartable_server(home) as server:
            with closing(psycopg.connect(server.url, autocommit=True)) as connection:
                for statement in (FILL, *statements):
                    connection.execute(statement)
            subprocess.run(
                [PROGRAMS / "pg_basebackup", "-D", folder, "-d", server.url, "-c", "fast"],
                check=True,
            )
        # Whoever changes a backup changes its manifest too.
        (folder / "backup_manifest").unlink()
        return folder

    return make


@pytest.fixture
def restored(tmp_path, owner, canary):
    """Tries a backup, and sees that nothing was touched."""

    def restore(path: Path):
        tried = try_restore(
            newest_backup(str(path)), RestoreEnvironment(tmp_path / "scratch"), owner
        )
        canary.assert_untouched()
        assert list((tmp_path / "scratch").iterdir()) == []
        return tried

    return restore


def assert_proven(tried) -> None:
    assert tried.result == "proven", tried.problem
    assert {row["table"]: row["rows"] for row in tried.tables}["public.orders"] == 1000


def test_its_configuration_is_not_used(base_backup, restored, canary):
    folder = base_backup()
    hostile = (
        f"""
archive_mode = always
archive_command = $${canary.command}$$
archive_cleanup_command = $${canary.command}$$
recovery_end_command = $${canary.command}$$
restore_command = $${canary.command}$$
ssl = on
ssl_passphrase_command = $${canary.command}$$
shared_preload_libraries = '/nowhere/evil'
session_preload_libraries = '/nowhere/evil'
local_preload_libraries = '/nowhere/evil'
dynamic_library_path = '{canary.folder}'
recovery_target_name = 'never'
recovery_target_action = 'shutdown'
listen_addresses = '*'
log_destination = csvlog
logging_collector = on
log_directory = '{canary.folder}'
external_pid_file = '{canary.folder}/pid'
stats_temp_directory = '{canary.folder}'
unix_socket_directories = '{canary.folder}'
include_dir = '{canary.folder}'
""".replace("$$", "'''")
        .replace("'''", "'")
        .replace(canary.command, canary.command.replace("'", "''"))
    )
    for name in ("postgresql.conf", "postgresql.auto.conf"):
        (folder / name).write_text(hostile)
    for name in ("pg_hba.conf", "pg_ident.conf"):
        (folder / name).write_text("include_dir /etc\nlocal all all reject\n")
    for name in ("recovery.signal", "standby.signal"):
        (folder / name).touch()
    (folder / "postmaster.pid").write_text("1\n")
    assert_proven(restored(folder))


def test_settings_of_roles_and_databases_are_not_used(base_backup, restored):
    tried = restored(
        base_backup(
            "alter role postgres set session_preload_libraries = '/nowhere/evil'",
            "alter role all set role = 'pg_monitor'",
            "alter database postgres set session_preload_libraries = '/nowhere/evil'",
            "alter database postgres set search_path = 'evil'",
            "alter database postgres set default_transaction_read_only = on",
            "alter role postgres in database postgres set statement_timeout = 1",
            "create schema evil",
            "create function evil.count() returns text language sql as $$select 1/0$$",
        )
    )
    assert_proven(tried)


def test_event_triggers_do_not_fire(base_backup, restored, canary):
    """They would run what we create in the database as its superuser."""
    login = (
        "create event trigger l on login execute function public.e()"
        if "18" in str(PROGRAMS)
        else "select 1"
    )
    tried = restored(
        base_backup(
            "create function public.e() returns event_trigger language plpgsql as "
            "$e$begin raise 'it fired'; end$e$",
            login,
            "create event trigger e on ddl_command_end execute function public.e()",
            "alter event trigger e enable always",
        )
    )
    assert_proven(tried)


def test_functions_named_like_ours_are_not_called(base_backup, restored):
    tried = restored(
        base_backup(
            "create schema maint_amcheck",
            "create function maint_amcheck.bt_index_check(oid, boolean) returns text "
            "language plpgsql as $$begin raise 'it was called'; end$$",
            "create index on public.orders (id)",
        )
    )
    assert_proven(tried)


def test_an_index_of_the_superuser_runs_its_code_in_the_sandbox_only(base_backup, restored, canary):
    """amcheck computes index expressions; these have all the rights that a server can have."""
    quoted = canary.command.replace("'", "''")
    folder = base_backup(
        "create function public.payload() returns void language plpgsql as 'begin end'",
        "create function public.f(a integer) returns integer immutable language plpgsql "
        "as 'begin perform public.payload(); return 1; end'",
        "create index on public.orders (public.f(id))",
        "create or replace function public.payload() returns void language plpgsql as "
        f"$p$begin execute 'copy (select 1) to program $c${quoted}$c$'; end$p$",
    )
    tried = restored(folder)
    assert {row["table"]: row["rows"] for row in tried.tables}["public.orders"] == 1000


@pytest.mark.parametrize("name", ["base/1/1259", "pg_wal/x", "global/1262", "x"])
def test_a_link_is_refused(base_backup, restored, canary, name):
    folder = base_backup()
    link = folder / name
    if link.exists():
        link.unlink()
    link.symlink_to(canary.folder.parent)
    tried = restored(folder)
    assert f"{name} is a link" in tried.problem


@pytest.mark.parametrize("how", ["a map", "a link"])
def test_tablespaces_are_refused(base_backup, restored, canary, how):
    folder = base_backup()
    if how == "a map":
        (folder / "tablespace_map").write_text(f"16384 {canary.folder}\n")
    else:
        (folder / "pg_tblspc" / "16384").symlink_to(canary.folder)
    assert "has tablespaces" in restored(folder).problem


def member(name: str, **attributes) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.mode = 0o644
    for attribute, value in attributes.items():
        setattr(made, attribute, value)
    return made


@pytest.mark.parametrize("name", ["base.tar", "base.tar.gz"])
@pytest.mark.parametrize(
    ("attack", "words"),
    [
        ("parent", "leads out"), ("absolute", "leads out"), ("link", "is a link"),
        ("hard link", "is a link"), ("through a link", "is a link"), ("device", "is a link"),
        ("twice", "File exists"),
    ],
)  # fmt: skip
def test_an_archive_that_leads_out_is_refused(tmp_path, restored, canary, attack, words, name):  # noqa: PLR0917
    out = str(canary.folder / "file")
    files = {
        "parent": [member(f"base/{'../' * 30}{out}", size=1)],
        "absolute": [member(out, size=1)],
        "link": [member("x", type=tarfile.SYMTYPE, linkname=str(canary.folder))],
        "hard link": [member("x", type=tarfile.LNKTYPE, linkname="/etc/passwd")],
        "through a link": [
            member("x", type=tarfile.SYMTYPE, linkname=str(canary.folder)),
            member("x/file", size=1),
        ],
        "device": [member("x", type=tarfile.CHRTYPE, devmajor=1, devminor=3)],
        "twice": [member("x", size=1), member("x", size=1)],
    }[attack]
    folder = tmp_path / "base"
    folder.mkdir()
    with tarfile.open(folder / name, "w:gz" if name.endswith("gz") else "w") as tar:
        tar.addfile(member("PG_VERSION", size=3), io.BytesIO(b"15\n"))
        for file in files:
            tar.addfile(file, io.BytesIO(b"x" * file.size))
    tried = restored(folder)
    assert tried.result == "not proven" and words in tried.problem


def test_without_a_sandbox_it_is_not_tried(base_backup, restored, monkeypatch):
    monkeypatch.setattr("maint_pipeline.backups.restore_test.strongest", lambda: "none")
    with pytest.raises(NoSandboxError, match="Install bubblewrap"):
        restored(base_backup())


@pytest.mark.parametrize("isolation", ["namespaces, Landlock, another user", "another user"])
def test_weaker_sandboxes_recover_too(base_backup, restored, monkeypatch, isolation):
    for module in ("restore_test", "scratch"):
        monkeypatch.setattr(f"maint_pipeline.backups.{module}.strongest", lambda: isolation)
    assert_proven(restored(base_backup()))


def test_a_server_log_that_leads_elsewhere(base_backup, restored, tmp_path):
    """A backup that doesn't start shows the end of its log, never a file of ours."""
    folder = base_backup()
    secret = tmp_path / "secret"
    secret.write_text("FATAL canary\n")
    (folder / "server.log").symlink_to(secret)
    assert "canary" not in restored(folder).problem
    (folder / "server.log").unlink()
    shutil.rmtree(folder / "pg_xact")
    tried = restored(folder)
    assert tried.result == "not proven" and "doesn't start" in tried.problem
