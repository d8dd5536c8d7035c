"""Proof of restore: what restores is proven, what doesn't is told, and nothing is left behind."""

import gzip
import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.backups.errors import BackupSourceError, InsufficientSpaceError
from maint_pipeline.backups.restore_test import RestoreEnvironment, try_restore
from maint_pipeline.backups.scratch import scratch_folder
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from tests.application import CREATE_OLD_ROWS
from tests.seeds import few

TASK = "verify_restore"
# The dump is made by the server's own version, and restored into the embedded one.
PROGRAMS = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS))


@pytest.fixture
def rows(superuser):
    superuser.execute(CREATE_OLD_ROWS)


@pytest.fixture
def dump(database, tmp_path, rows):
    """Makes dumps of the application database."""

    def make(kind: str = "c", name: str = "app.dump") -> Path:
        file = tmp_path / "backups" / name
        file.parent.mkdir(exist_ok=True)
        subprocess.run([PROGRAMS / "pg_dump", f"-F{kind}", "-f", file, "-d", database], check=True)
        return file

    return make


def proof_of(path: Path, tmp_path: Path, owner):
    proof = try_restore(newest_backup(str(path)), RestoreEnvironment(tmp_path / "scratch"), owner)
    assert list((tmp_path / "scratch").iterdir()) == []
    return proof


@pytest.mark.parametrize(
    ("name", "kind"),
    few([("a.dump", "custom"), ("a", "directory"), ("a.tar", "tar"), ("a.sql", "plain")]),
)
def test_every_format_of_pg_dump(dump, tmp_path, owner, name, kind):
    proof = proof_of(dump(kind[0], name), tmp_path, owner)
    assert proof.problem is None and proof.backup.kind == kind
    assert proof.row_count > 300 and proof.newest_row_at is not None
    counts = {row["table"]: row["restored_rows"] for row in proof.tables}
    assert counts["public.audit_logs"] == 300


def test_a_compressed_script(dump, tmp_path, owner):
    script = dump("p", "a.sql")
    packed = script.with_name("a.sql.gz")
    packed.write_bytes(gzip.compress(script.read_bytes()))
    script.unlink()
    assert proof_of(packed, tmp_path, owner).problem is None
    packed.write_bytes(packed.read_bytes()[:-2000])
    assert "can't be read to its end" in proof_of(packed, tmp_path, owner).problem


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) * 2 // 3] ^= 0x10
    file.write_bytes(content)


@pytest.mark.parametrize("damage", few([cut, flip_a_bit]))
def test_a_damaged_dump_is_no_proof_although_its_list_can_be_read(
    superuser, dump, tmp_path, owner, damage
):
    # Enough data that two thirds of the file are in the midst of it.
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, payload_hash) select 'invoice', "
        "'read', (select id from public.profiles), md5(i::text) from generate_series(1, 20000) as i"
    )
    file = dump()
    damage(file)
    listed = subprocess.run(
        [EMBEDDED_PROGRAMS / "pg_restore", "-l", file], check=False, capture_output=True
    )
    assert listed.returncode == 0
    read = subprocess.run(
        [EMBEDDED_PROGRAMS / "pg_restore", "-f", "/dev/null", file], check=False,
        capture_output=True,
    )  # fmt: skip
    assert read.returncode != 0
    assert "pg_restore: " in proof_of(file, tmp_path, owner).problem


def test_a_script_that_ends_in_the_middle(dump, tmp_path, owner):
    file = dump("p", "a.sql")
    text = file.read_text()
    file.write_text(text[: text.index("ALTER TABLE ONLY")])
    assert "ends in the middle" in proof_of(file, tmp_path, owner).problem


def test_a_digest_that_lies_beside_it(dump, tmp_path, owner):
    file = dump()
    file.with_name("app.dump.sha256").write_text(f"{'0' * 64}  app.dump\n")
    assert "its sha256 is" in proof_of(file, tmp_path, owner).problem


def test_rows_that_the_source_has_and_the_backup_lacks(superuser, dump, tmp_path, owner):
    file = dump()
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id) select 'invoice', 'read', "
        "(select id from public.profiles) from generate_series(1, 2000)"
    )
    superuser.execute("create table public.later as select generate_series(1, 2000) as i")
    # Counts that are told after ANALYZE has counted would be added to its own.
    superuser.execute("select pg_stat_force_next_flush()")
    superuser.execute("analyze")
    problem = proof_of(file, tmp_path, owner).problem
    assert "public.audit_logs has 300 rows; the source has about 2,300" in problem
    assert "public.later is missing" in problem
    superuser.execute(
        "update maint.settings set value = 'public.audit_logs, public.later' "
        "where name = 'restore_ignores'"
    )
    assert proof_of(file, tmp_path, owner).problem is None


def test_the_newest_of_a_folder_is_taken(dump, tmp_path):
    dump("c", "one.dump")
    dump("d", "two")
    (tmp_path / "backups" / "three.dump.part").write_bytes(b"PGDMP unfinished")
    (tmp_path / "backups" / "notes.txt").write_text("nothing")
    assert newest_backup(str(tmp_path / "backups")).name == "two"


def test_what_can_not_be_a_source(tmp_path):
    for source, words in (
        (str(tmp_path / "nowhere"), "doesn't exist"),
        (str(tmp_path), "holds no backup"),
    ):
        with pytest.raises(BackupSourceError, match=words):
            newest_backup(source)


def test_without_enough_disk_it_refuses_first(tmp_path):
    free = shutil.disk_usage(tmp_path).free
    with (
        pytest.raises(InsufficientSpaceError, match="are free"),
        scratch_folder(tmp_path / "scratch", free),
    ):
        raise AssertionError
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_a_killed_run_left_is_cleared_away(tmp_path):
    leftover = tmp_path / "scratch" / "restore-abc" / "data"
    leftover.mkdir(parents=True)
    (leftover / "postmaster.pid").write_text("1\n")
    with scratch_folder(tmp_path / "scratch", 0) as scratch:
        assert list((tmp_path / "scratch").iterdir()) == [scratch.folder]


def run_task(cli, source: Path | None):
    variables = {} if source is None else {"MAINT_RESTORE_SOURCE": str(source)}
    return cli.with_variables(**variables)("run", TASK, "--json")


def test_the_task_records_and_one_alert_tells(cli, superuser, owner, dump):
    file = dump()
    answer = run_task(cli, file)
    assert answer.returncode == 0, answer.stderr
    assert "Traceback" not in answer.stderr
    proof = owner.execute("select * from maint.restore_tests").fetchone()
    assert proof["details"]["result"] == "proven" and proof["details"]["sandbox"]
    assert proof["is_proven"] and proof["backup"] == "app.dump" and proof["row_count"] > 300
    cut(file)
    assert run_task(cli, file).returncode == 1
    run = owner.execute(
        "select status, error_message, details from public.maintenance_task_runs "
        "order by started_at desc limit 1"
    ).fetchone()
    assert run["status"] == "failed" and "does not restore" in run["error_message"]
    sync_failed_tasks(owner, [TASK])
    (alert,) = owner.execute("select * from public.security_alerts").fetchall()
    assert alert["alert_type"] == "restore_unproven" and alert["severity"] == "critical"
    dump()
    assert run_task(cli, file).returncode == 0
    alert = owner.execute("select resolved from public.security_alerts").fetchone()
    assert alert["resolved"] is True


def test_without_a_source_there_is_nothing_to_do(cli, owner):
    assert run_task(cli, None).returncode == 0
    run = owner.execute("select status, details from public.maintenance_task_runs").fetchone()
    assert run["status"] == "skipped" and "MAINT_RESTORE_SOURCE" in str(run["details"])


def findings(owner, check: str) -> list[dict]:
    _, results = run_checks(owner, "backups")
    return next(result["sample"] for result in results if result["check"] == check)


def test_a_proof_grows_old(superuser, owner):
    superuser.execute(
        "insert into maint.restore_tests (source, backup, started_at, finished_at, is_proven) "
        "values ('/backups', 'a', now(), now(), true)"
    )
    assert findings(owner, "restore_unproven") == []
    superuser.execute("update maint.restore_tests set finished_at = now() - interval '9 days'")
    (finding,) = findings(owner, "restore_unproven")
    assert finding["severity"] == "high" and finding["object"] == "/backups"


def test_a_base_backup_grows_old(superuser, owner):
    superuser.execute(
        "insert into maint.backup_sources (source, backup, taken_at, looked_at) "
        "values ('/backups', 'a', now() - interval '20 hours', now())"
    )
    assert findings(owner, "base_backup_overdue") == []
    superuser.execute("update maint.backup_sources set taken_at = now() - interval '27 hours'")
    (finding,) = findings(owner, "base_backup_overdue")
    assert "The newest backup, a, is of " in finding["detail"]
    superuser.execute(
        "update maint.backup_sources set taken_at = null, problem = '/backups holds no backup.'"
    )
    (finding,) = findings(owner, "base_backup_overdue")
    assert finding["detail"] == "/backups holds no backup."


def test_nobody_else_can_reach_a_scratch_server(dump, tmp_path, owner, monkeypatch):
    """It has no network address, and runs nothing of what it holds."""
    seen = {}

    def look(server, dbname, on_progress):
        with closing(server.connect(dbname)) as connection:
            for name in ("listen_addresses", "archive_mode", "shared_preload_libraries"):
                row = connection.execute("select current_setting(%s) as value", [name]).fetchone()
                seen[name] = row["value"]
        raise KeyboardInterrupt

    monkeypatch.setattr("maint_pipeline.backups.restore_test.examine", look)
    with pytest.raises(KeyboardInterrupt):
        proof_of(dump(), tmp_path, owner)
    assert seen == {"listen_addresses": "", "archive_mode": "off", "shared_preload_libraries": ""}
    assert list((tmp_path / "scratch").iterdir()) == []
