"""Traps that look like healthy backups, each with the real program, on a server of Debian's."""

import os
import pwd
import shutil
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.backups.restore_test import RestoreEnvironment, try_restore
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.database.programs import server_user
from tests.seeds import few
from tests.server import fresh_server

BIN = Path("/usr/lib/postgresql/15/bin")
pytestmark = [
    pytest.mark.any_version,
    pytest.mark.skipif(
        not (BIN / "postgres").exists(), reason="Debian's PostgreSQL 15 is not installed"
    ),
]
needs_pgbackrest = pytest.mark.skipif(
    shutil.which("pgbackrest") is None, reason="pgBackRest is not installed"
)
needs_barman = pytest.mark.skipif(shutil.which("barman") is None, reason="Barman is not installed")
FILL = """
create table public.orders (id bigint primary key, note text, created_at timestamptz default now());
insert into public.orders (id, note) select i, md5(i::text) from generate_series(1, 20000) as i;
"""


def run(*command, check: bool = True, **options) -> subprocess.CompletedProcess[str]:
    """As the server's user, to whom the backup programs' files belong."""
    user = server_user()
    ids = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    return subprocess.run(
        [str(part) for part in command],
        check=check, capture_output=True, text=True, cwd="/", **ids, **options,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A folder of the server's user."""
    made = tmp_path / "b"
    made.mkdir(mode=0o755)
    if user := server_user():
        os.chown(made, user.pw_uid, user.pw_gid)
        for parent in made.parents:
            parent.chmod(parent.stat().st_mode | 0o001)
    return made


@contextmanager
def filled_server(tmp_path, monkeypatch, options: str = ""):
    """A server with a table worth a backup; its URL and its data folder."""
    monkeypatch.setenv("MAINT_TEST_BIN_DIR", str(BIN))
    home = tmp_path / "pg"
    home.mkdir()
    with fresh_server(home, options) as url:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(FILL)
            connection.execute("analyze public.orders")
        yield url, home / "data"


def proof_of(source: str, tmp_path, owner):
    proof = try_restore(newest_backup(source), RestoreEnvironment(tmp_path / "scratch"), owner)
    assert list((tmp_path / "scratch").iterdir()) == []
    return proof


def heap_file(data: Path, url: str) -> Path:
    with closing(psycopg.connect(url)) as connection:
        row = connection.execute("select pg_relation_filepath('public.orders')").fetchone()
    return data / row[0]


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


@pytest.mark.parametrize(
    "options", few([["-Fp"], ["-Ft"], ["-Ft", "-z"], ["-Ft", "--compress=client-zstd"]])
)
def test_a_base_backup_recovers_and_a_damaged_one_does_not(
    tmp_path, monkeypatch, folder, owner, options
):
    with filled_server(tmp_path, monkeypatch) as (url, data):
        run(BIN / "pg_basebackup", "-D", folder / "base", "-d", url, "-c", "fast", *options)
        file = heap_file(folder / "base" if options == ["-Fp"] else data, url)
    proof = proof_of(str(folder), tmp_path, owner)
    assert proof.problem is None, proof.problem
    assert proof.row_count >= 20000 and proof.newest_row_at is not None
    assert {"every file is as the manifest says", "recovered to its end"} <= set(
        proof.details["checked"]
    )
    assert any("indexes checked with amcheck" in words for words in proof.details["checked"])

    if options == ["-Fp"]:
        damage(file)
        assert "pg_verifybackup" in proof_of(str(folder), tmp_path, owner).problem
        # Without a manifest the rows themselves tell.
        (folder / "base" / "backup_manifest").unlink()
        file.write_bytes(file.read_bytes()[:8192])
        problem = proof_of(str(folder), tmp_path, owner).problem
        assert "its own statistics say 20,000" in problem
    else:
        (archive,) = (folder / "base").glob("base.tar*")
        archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
        assert "base" in proof_of(str(folder), tmp_path, owner).problem


def test_an_index_that_lost_entries_is_seen(tmp_path, monkeypatch, folder, owner):
    """Every file is as it was backed up, and the database is broken all the same."""
    with filled_server(tmp_path, monkeypatch) as (url, _):
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("set allow_system_table_mods = on")
            connection.execute(
                "update pg_index set indisready = false "
                "where indexrelid = 'public.orders_pkey'::regclass"
            )
            connection.execute("insert into public.orders (id, note) values (20001, 'unindexed')")
            connection.execute(
                "update pg_index set indisready = true "
                "where indexrelid = 'public.orders_pkey'::regclass"
            )
        run(BIN / "pg_basebackup", "-D", folder / "base", "-d", url, "-c", "fast")
    assert "index orders_pkey" in proof_of(str(folder), tmp_path, owner).problem.replace(
        "public.", ""
    )


@pytest.mark.full
@needs_pgbackrest
def test_pgbackrest_verify_ends_well_on_a_corrupt_repository(tmp_path, monkeypatch, folder, owner):
    config = folder / "pgbackrest.conf"
    archive = f"pgbackrest --config={config} --stanza=main archive-push %p"
    options = f'-c archive_mode=on -c archive_command="{archive}"'
    with filled_server(tmp_path, monkeypatch, options) as (url, data):
        socket = data.parent
        config.write_text(
            f"[global]\nrepo1-path={folder}/repo\nlog-level-file=off\nlock-path={folder}/lock\n"
            f"spool-path={folder}/spool\nstart-fast=y\n"
            f"[main]\npg1-path={data}\npg1-socket-path={socket}\npg1-user=postgres\n"
        )
        config.chmod(0o644)
        pgbackrest = ["pgbackrest", f"--config={config}", "--stanza=main"]
        run(*pgbackrest, "stanza-create")
        run(*pgbackrest, "backup", "--type=full")
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("insert into public.orders (id, note) values (0, 'after')")
            connection.execute("select pg_switch_wal()")
            run(*pgbackrest, "check")

        source = f"pgbackrest:main?config={config}"
        proof = proof_of(source, tmp_path, owner)
        assert proof.problem is None, proof.problem
        assert proof.row_count >= 20001 and "recovered to its end" in proof.details["checked"]

        name = heap_file(data, url).relative_to(data)
        backup = folder / "repo" / "backup" / "main" / proof.backup.name
        stored = backup / "pg_data" / f"{name}.gz"
        stored.chmod(0o644)
        damage(stored)
        verified = run(*pgbackrest, "verify", "--output=text", check=False)
        assert verified.returncode == 0 and "status: error" in verified.stdout
        assert "pgbackrest restore" in proof_of(source, tmp_path, owner).problem


@pytest.mark.full
@needs_barman
def test_barman_check_stays_green_after_corruption(tmp_path, monkeypatch, folder, owner):
    incoming = folder / "barman" / "main" / "incoming"
    options = f'-c archive_mode=on -c archive_command="cp %p {incoming}/%f"'
    with filled_server(tmp_path, monkeypatch, options) as (_, data):
        user = (server_user() or pwd.getpwuid(os.getuid())).pw_name
        config = folder / "barman.conf"
        conninfo = f"host={data.parent} user=postgres dbname=postgres"
        config.write_text(
            f"[barman]\nbarman_home={folder}/barman\nbarman_user={user}\nlog_file={folder}/log\n"
            f"[main]\nconninfo={conninfo}\nstreaming_conninfo={conninfo}\n"
            f"backup_method=postgres\narchiver=on\npath_prefix={BIN}\n"
        )
        environment = {**os.environ, "HOME": str(folder), "PATH": f"{BIN}:{os.environ['PATH']}"}

        def barman(*arguments):
            return run("barman", "-c", config, *arguments, check=False, env=environment)

        run("mkdir", "-p", incoming)
        barman("cron")
        barman("switch-wal", "--force", "--archive", "main")
        taken = barman("backup", "main")
        assert "Backup completed" in taken.stdout + taken.stderr, (
            (folder / "log").read_text()[-3000:],
            barman("check", "main").stdout,
        )
        before = barman("check", "main").stdout
        (manifest,) = (folder / "barman" / "main" / "base").glob("*/data/backup_manifest")
        damage(manifest.parent / "base" / "1" / "1259")
        assert barman("check", "main").stdout == before
        verified = barman("verify-backup", "main", "latest")
        assert verified.returncode != 0
        problem = proof_of(str(manifest.parents[2]), tmp_path, owner).problem
        assert "pg_verifybackup" in problem
