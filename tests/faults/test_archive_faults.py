"""An archive with something wrong in it, or on a disk that is full: it costs at most itself."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory
from maint_pipeline.retention.leftovers import end_run
from maint_pipeline.retention.restore_chunk import RestoreError
from maint_pipeline.retention.storage import ArchiveError
from tests.archives import (
    POLICY,
    TABLE,
    create_things,
    files,
    lines,
    purge,
    restore,
    states,
)
from tests.dev import eventually
from tests.seeds import few, spread

ROWS = 40_000
PURGE = """
import sys
from maint_pipeline.database.connection import connect
from maint_pipeline.retention.archive import Archive
from tests.archives import purge, restore
owner = connect(sys.argv[1], application_name="test")
{"purge": purge, "restore": restore}[sys.argv[3]](owner, Archive(sys.argv[2]))
"""
SLEEPY = """
create function public.sleepy() returns trigger language plpgsql as
$$ begin perform pg_sleep({seconds}); return new; end $$;
create trigger sleepy before insert on maint.{table}
for each row execute function public.sleepy();
"""


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(str(tmp_path / "archive"))


@pytest.fixture
def things(superuser):
    create_things(
        superuser, "at timestamptz, note text",
        f"insert into {TABLE} select timestamptz '2020-01-01', 'same' "
        f"from generate_series(1, {ROWS})",
    )  # fmt: skip


def start(database: str, archive: Archive, what: str) -> subprocess.Popen:
    arguments = [sys.executable, "-c", PURGE, database, archive.root, what]
    return subprocess.Popen(arguments, cwd=Path(__file__).parents[2])


def forged(**changes):
    def change(path: Path) -> bytes:
        return json.dumps({**json.loads(path.read_bytes()), **changes}).encode()

    return change


BAD_MANIFESTS = {
    "empty": lambda path: b"",
    "cut": lambda path: path.read_bytes()[:90],
    "zeros": lambda path: bytes(400),
    "binary": lambda path: os.urandom(500),
    "deep": lambda path: b"[" * 100_000,
    "a list": lambda path: b"[1, 2]",
    "incomplete": lambda path: b'{"version": 1, "file": "x"}',
    "of a later version": forged(version=2),
    "with a text for a number": forged(rows="5"),
    "with a path that leaves": forged(file="../../../etc/passwd.csv.zst"),
    "of another file": forged(file="things/other/000001.csv.zst"),
    "with another checksum": forged(sha256="0" * 64),
}


@pytest.mark.parametrize("kind", spread(BAD_MANIFESTS, 4))
def test_a_bad_manifest_is_named_and_the_rest_goes_on(owner, superuser, things, archive, kind):
    assert purge(owner, archive)["archive_files"] > 1
    first = next(path for path in files(archive) if path.suffix == ".json")
    first.write_bytes(BAD_MANIFESTS[kind](first))
    for read in (False, True):
        rows = inventory(owner, archive, read=read)
        assert [row["state"] for row in rows].count("corrupt") == 1
        assert sum(row["rows"] for row in rows) == ROWS
    # Even its rows come back: the database knows the file's checksum.
    done = restore(owner, archive)
    assert done["restored"] == ROWS and len(lines(superuser)) == ROWS
    assert [row["file"] for row in done["problems"]] == [str(first.relative_to(archive.root))]


def test_a_torn_manifest_that_nobody_knows(owner, things, archive):
    purge(owner, archive)
    stray = Path(archive.root) / POLICY / "20200101T000000Z-00000000" / "000001.json"
    stray.parent.mkdir()
    stray.write_bytes(b"")
    assert states(owner, archive).count("corrupt") == 1
    done = restore(owner, archive)
    assert done["restored"] == ROWS and len(done["problems"]) == 1


def test_a_folder_that_was_copied(owner, superuser, things, archive):
    purge(owner, archive)
    (run,) = (Path(archive.root) / POLICY).iterdir()
    shutil.copytree(run, run.with_name(run.name + " (copy)"))
    numbers = len(archive.manifests())
    assert states(owner, archive).count("corrupt") == numbers
    assert states(owner, archive).count("sound") == numbers
    done = restore(owner, archive)
    assert done["restored"] == ROWS == len(lines(superuser))
    assert all("copied or moved" in row["problem"] for row in done["problems"])


def test_a_data_file_that_is_gone_or_a_folder(owner, superuser, things, archive):
    purge(owner, archive)
    first = next(path for path in files(archive) if path.suffix == ".zst")
    rows = next(m.rows for m in archive.manifests() if first.match(m.file))
    first.unlink()
    first.mkdir()  # an OSError whoever reads it, root too
    assert states(owner, archive).count("corrupt") == 1
    done = restore(owner, archive)
    assert done["restored"] == ROWS - rows == len(lines(superuser))
    assert first.name in done["problems"][0]["file"]
    first.rmdir()
    assert "missing" in restore(owner, archive)["problems"][0]["problem"]


@pytest.mark.parametrize(
    "name",
    few(["arch [prod]", "a*b?", "**", "a::b", "'quoted\" {a,b}", "ä ü €", "x" * 200, "%41"], 2),
)
def test_folders_of_any_name(owner, superuser, things, tmp_path, name):
    archive = Archive(str(tmp_path / name))
    purge(owner, archive)
    assert files(archive) and all(path.is_relative_to(tmp_path / name) for path in files(archive))
    assert set(states(owner, archive)) == {"sound"}
    assert restore(owner, archive)["restored"] == ROWS


def test_a_full_disk(database, superuser, things, archive):
    """A limit of the size of files does to a write what a full disk does: it fails half-way."""
    code = PURGE.replace("import sys", "import sys, resource\n"
                         "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))", 1)  # fmt: skip
    answer = subprocess.run(
        [sys.executable, "-c", code, database, archive.root, "purge"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    last = answer.stderr.splitlines()[-1]
    assert "ArchiveError" in last and archive.root in last and "File too large" in last
    assert len(lines(superuser)) == ROWS and files(archive) == []


def test_a_folder_that_may_not_be_written_to(owner, superuser, things, archive, monkeypatch):
    honest = os.replace

    def refuse(source, target, **options):
        if str(target).endswith(".json"):
            raise PermissionError(13, "Permission denied", str(target))
        honest(source, target, **options)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ArchiveError, match=r"000001\.json: Permission denied"):
        purge(owner, archive)
    assert len(lines(superuser)) == ROWS and files(archive) == []


def test_a_killed_purge_leaves_files_that_the_next_removes(
    database, owner, superuser, things, archive
):
    superuser.execute(SLEEPY.format(table="archived_chunks", seconds=300))
    process = start(database, archive, "purge")
    eventually(lambda: len(files(archive)) == 2)
    # Killed at once, its session would end within a second; stopped, it stays until we have looked.
    process.send_signal(signal.SIGSTOP)
    (run,) = superuser.execute("select folder from maint.archive_runs").fetchall()
    # As long as its transaction may commit, its file stays.
    assert end_run(owner, archive, run["folder"]) == 0 and len(files(archive)) == 2
    assert states(owner, archive) == ["unrecorded"] and "restored" not in restore(owner, archive)
    process.kill()
    process.wait()
    end_sessions(superuser)
    superuser.execute("drop function public.sleepy() cascade")
    purge(owner, archive)
    assert set(states(owner, archive)) == {"sound"}
    assert not (Path(archive.root) / run["folder"]).exists()
    assert superuser.execute("select from maint.archive_runs").fetchall() == []
    assert restore(owner, archive)["restored"] == ROWS == len(lines(superuser))


def test_a_copy_of_the_database_removes_nothing(owner, superuser, things, archive):
    purge(owner, archive)
    folder = archive.manifests()[0].file.rpartition("/")[0]
    superuser.execute("delete from maint.archived_chunks")
    superuser.execute(
        "insert into maint.archive_runs (folder, policy_name, origin) values (%s, %s, 'other')",
        [folder, POLICY],
    )
    assert end_run(owner, archive, folder) == 0
    assert set(states(owner, archive)) == {"unrecorded"}


def test_a_run_that_was_taken_for_dead_deletes_nothing(owner, superuser, things, archive):
    superuser.execute(
        "create function public.forget() returns trigger language plpgsql as "
        "$$ begin delete from maint.archive_runs; return null; end $$; "
        "create trigger forget after insert on maint.archive_runs "
        "for each row execute function public.forget()"
    )
    with pytest.raises(ArchiveError, match="Another run has ended this one"):
        purge(owner, archive)
    assert len(lines(superuser)) == ROWS and files(archive) == []


def test_a_killed_restore_goes_on_where_it_was(database, owner, superuser, things, archive):
    chunks = purge(owner, archive)["archive_files"]
    superuser.execute(SLEEPY.format(table="restored_chunks", seconds=0.5))
    for number in range(1, chunks):
        process = start(database, archive, "restore")
        eventually(lambda wanted=number: restored_chunks(superuser) >= wanted)
        process.kill()
        process.wait()
        end_sessions(superuser)
    superuser.execute("drop function public.sleepy() cascade")
    assert len(lines(superuser)) > 0
    done = restore(owner, archive)
    assert done.get("restored", 0) + done["restored_before"] == ROWS == len(lines(superuser))


def test_two_restores_at_once(database, owner, superuser, things, archive):
    purge(owner, archive)
    processes = [start(database, archive, "restore") for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert len(lines(superuser)) == ROWS


def test_a_restore_keeps_the_rights_that_another_one_works_with(
    database, owner, superuser, things, archive
):
    chunks = purge(owner, archive)["archive_files"]
    superuser.execute(SLEEPY.format(table="restored_chunks", seconds=0.5))
    processes = [start(database, archive, "restore")]
    eventually(lambda: restored_chunks(superuser) >= 1)
    processes.append(start(database, archive, "restore"))
    assert [process.wait() for process in processes] == [0, 0]
    assert len(lines(superuser)) == ROWS and restored_chunks(superuser) == chunks


def test_a_restore_beside_another_one_says_who_is_restoring(
    owner, superuser, things, archive, monkeypatch
):
    purge(owner, archive)
    monkeypatch.setattr("maint_pipeline.retention.restore._PATIENCE", 0.0)
    superuser.execute("select maint.try_lock(%s)", [f"restore into {TABLE}"])
    with pytest.raises(RestoreError, match=r"Another restore into .* is going on, since .*backend"):
        restore(owner, archive)
    superuser.execute("select maint.unlock(%s)", [f"restore into {TABLE}"])
    restore(owner, archive)
    assert len(lines(superuser)) == ROWS


def restored_chunks(superuser) -> int:
    query = "select count(*) as n from maint.restored_chunks"
    return superuser.execute(query).fetchone()["n"]


def end_sessions(superuser) -> None:
    """End what killed processes have left in the server."""
    others = (
        "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() "
        "and application_name = 'test' and state <> 'idle'"
    )
    superuser.execute(f"select pg_terminate_backend(pid) {others}")
    eventually(lambda: not superuser.execute(f"select {others}").fetchall())
