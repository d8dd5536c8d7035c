"""Archive, then delete, and back: what is in the files, and what happens when they fail."""

import os
from dataclasses import asdict
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.database.owners import Owners
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory, recorded
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore, RestoreError
from maint_pipeline.retention.storage import ArchiveError
from tests.application import CREATE_PROFILE, OLD, administrator, count

POLICY = "cleanup_old_audit_logs"
ALL_ROWS = "select audit_logs::text as line from public.audit_logs order by id"

ODD_TABLE = r"""
create table public.odd (
    number bigint generated always as identity, day date, "the, ""json" json, list text[],
    bytes bytea, gap interval, sum numeric generated always as (number * 2) stored, real float8
);
insert into public.odd (day, "the, ""json", list, bytes, gap, real)
select '2020-01-01', '{"a": [1, null]}', array['a,b', null, '"'], '\x00ff', '1 mon -2 days',
    0.1::float8 + 0.2
from generate_series(1, 3);
insert into public.odd (day) values ('2020-01-02'), ('2020-01-02'), (now());
grant select, delete, update on public.odd to maint_owner;
insert into maint.retention_policies (name, table_name, time_column, keep, action)
values ('odd', 'odd', 'day', '30 days', 'archive');
"""


@pytest.fixture
def logs(superuser):
    """5,000 expired and 5,000 young audit logs, with all that is hard to write as CSV."""
    superuser.execute(CREATE_PROFILE)
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time, payload_hash, user_agent, "
        "ip_address, severity) select 'invoice', 'read', (select id from public.profiles), "
        "now() - (i - 0.5) * interval '180 days' / 10000, "
        "case i % 3 when 0 then null when 1 then '' else i::text end, "
        "case i % 4 when 0 then E'\"quoted\",\\n\\\\.' when 1 then repeat('ü€', 3000) end, "
        "'2001:db8::1', 'low' from generate_series(1, 10000) as i"
    )
    superuser.execute("update maint.retention_policies set action = 'archive'")


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(str(tmp_path / "archive"))


def purge(owner, archive: Archive, policy: str = POLICY, **options):
    return Purge(
        policy, duty=1, archive_url=archive.root, owner_url=administrator(owner), **options
    ).run(owner)


def restore(owner, archive: Archive, policy: str = POLICY, **options):
    options = {"table": "public.audit_logs", "time_column": "time", **options}
    chunks, _ = recorded(owner, archive, policy)
    done = Restore(**options).run(owner, archive, chunks, Owners(administrator(owner)))
    return {name: value for name, value in asdict(done).items() if value not in (0, [])}


def states(owner, archive: Archive) -> list[str]:
    return [row["state"] for row in inventory(owner, archive, read=True)]


def test_rows_are_in_the_archive_and_come_back_as_they_were(superuser, owner, logs, archive):
    before = superuser.execute(ALL_ROWS).fetchall()
    result = purge(owner, archive)
    assert result["deleted_count"] == result["archived_rows"] == 5000
    assert count(owner, OLD) == 0 and count(owner) == 5000
    manifests = archive.manifests()
    assert sum(manifest.rows for manifest in manifests) == 5000
    assert result["archive_files"] == len(manifests)
    assert set(states(owner, archive)) == {"sound"}

    assert restore(owner, archive) == {"files": len(manifests), "rows": 5000, "restored": 5000}
    assert superuser.execute(ALL_ROWS).fetchall() == before
    assert restore(owner, archive)["kept_out"] == 5000
    assert superuser.execute(ALL_ROWS).fetchall() == before
    assert purge(owner, archive)["archived_rows"] == 5000


def test_the_files_belong_to_their_owner_alone(owner, logs, archive):
    purge(owner, archive)
    for folder, _, files in os.walk(archive.root):
        assert not Path(folder).stat().st_mode & 0o077
        assert not any((Path(folder) / file).stat().st_mode & 0o077 for file in files)


def test_rows_of_some_days_only(superuser, owner, logs, archive):
    moments = superuser.execute(
        "select now() - interval '110 days' as begin, now() - interval '100 days' as end"
    ).fetchone()
    purge(owner, archive)
    result = restore(owner, archive, begin=moments["begin"], end=moments["end"])
    assert 540 < result["rows"] < 570 and result["restored"] == result["rows"]
    assert count(owner, OLD) == result["restored"]


def test_into_another_table_without_a_key(superuser, owner, logs, archive):
    superuser.execute("create table public.looked_at (like public.audit_logs including defaults)")
    purge(owner, archive)
    into = {"table": "public.looked_at"}
    assert restore(owner, archive, **into)["restored"] == 5000
    assert restore(owner, archive, **into)["restored_before"] == 5000
    superuser.execute("truncate public.looked_at")
    assert restore(owner, archive, **into)["restored_before"] == 5000
    assert restore(owner, archive, again=True, **into)["restored"] == 5000
    number = superuser.execute("select count(*) as n from public.looked_at").fetchone()["n"]
    assert number == 5000
    assert count(owner, OLD) == 0


def test_types_that_are_hard_to_write(superuser, owner, archive):
    superuser.execute(ODD_TABLE)
    superuser.execute("set intervalstyle = 'sql_standard'")
    before = superuser.execute("select odd::text as line from public.odd order by 1").fetchall()
    owner.execute("set intervalstyle = 'iso_8601'")
    assert purge(owner, archive, "odd")["archived_rows"] == 5
    options = {"table": "public.odd", "time_column": "day"}
    assert restore(owner, archive, "odd", **options)["restored"] == 5
    assert restore(owner, archive, "odd", **options)["restored_before"] == 5
    after = superuser.execute("select odd::text as line from public.odd order by 1").fetchall()
    assert after == before


def test_held_locked_and_refused_rows_are_not_archived(superuser, owner, logs, archive):
    superuser.execute(
        "insert into maint.legal_holds (column_name, value, reason) "
        "select 'id', id::text, 'court' from public.audit_logs "
        f"where {OLD} order by time limit 3"
    )
    superuser.execute(
        "create function public.guard() returns trigger language plpgsql as $$ begin "
        "if old.payload_hash like '%7' then raise 'evidence'; end if; return old; end $$; "
        "create trigger guard before delete on public.audit_logs "
        "for each row execute function public.guard()"
    )
    result = purge(owner, archive)
    left = count(owner, OLD)
    assert result["held"] == 3 and result["refused"] > 100
    assert result["archived_rows"] == result["deleted_count"] == 5000 - left
    assert sum(manifest.rows for manifest in archive.manifests()) == 5000 - left
    assert set(states(owner, archive)) == {"sound"}


def test_rows_on_hold_are_not_archived_on_the_direct_way_either(superuser, owner, logs, archive):
    superuser.execute(
        "insert into maint.legal_holds (column_name, value, reason) "
        f"select 'id', id::text, 'court' from public.audit_logs where {OLD} order by time limit 3"
    )
    result = purge(owner, archive)
    assert result["held"] == 3 and count(owner, OLD) == 3
    assert result["archived_rows"] == result["deleted_count"] == 4997
    assert sum(manifest.rows for manifest in archive.manifests()) == 4997


def test_rows_that_a_trigger_keeps_without_a_word_are_not_archived(superuser, owner, logs, archive):
    superuser.execute(
        "create function public.keep() returns trigger language plpgsql as $$ begin "
        "if old.payload_hash like '%7' then return null; end if; return old; end $$; "
        "create trigger keep before delete on public.audit_logs "
        "for each row execute function public.keep()"
    )
    result = purge(owner, archive)
    left = count(owner, OLD)
    assert left > 100
    assert result["archived_rows"] == result["deleted_count"] == 5000 - left
    assert sum(manifest.rows for manifest in archive.manifests()) == 5000 - left
    assert set(states(owner, archive)) == {"sound"}


def test_nothing_goes_when_the_archive_cannot_be_written(superuser, owner, logs, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="file"):
        purge(owner, Archive(str(tmp_path / "file" / "archive")))
    assert count(owner) == 10000


def test_nothing_goes_when_a_file_does_not_read_back(owner, logs, archive, monkeypatch):
    honest = archive.storage.files.cat_file
    monkeypatch.setattr(
        type(archive.storage.files),
        "cat_file",
        lambda self, path, **options: honest(path)[:-1] + b"!",
    )
    with pytest.raises(ArchiveError, match="size or checksum differ"):
        purge(owner, archive)
    monkeypatch.undo()
    assert count(owner) == 10000 and states(owner, archive) == []


def test_a_chunk_whose_delete_was_rolled_back_leaves_nothing(superuser, owner, logs, archive):
    superuser.execute(
        "create function public.fail() returns trigger language plpgsql as "
        "$$ begin raise 'no' using errcode = '58030'; end $$; "
        "create trigger fail before insert on maint.archived_chunks "
        "for each row execute function public.fail()"
    )
    with pytest.raises(psycopg.Error):
        purge(owner, archive)
    assert count(owner) == 10000
    assert states(owner, archive) == [] and not any((Path(archive.root) / POLICY).iterdir())
    superuser.execute("drop trigger fail on maint.archived_chunks")
    assert purge(owner, archive)["archived_rows"] == 5000
    assert set(states(owner, archive)) == {"sound"}
    assert restore(owner, archive)["restored"] == 5000


def test_corrupt_and_missing_files_are_seen_and_never_restored(owner, logs, archive):
    purge(owner, archive, keep=None)
    first, *_ = archive.manifests()
    path = Path(archive.root) / first.file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert "corrupt" in states(owner, archive)
    (problem,) = restore(owner, archive)["problems"]
    assert problem == {"file": first.file, "problem": f"{first.file}: size or checksum differ."}
    assert count(owner, OLD) == 5000 - first.rows
    path.unlink()
    assert "corrupt" in states(owner, archive)
    path.with_name(path.name.replace(".csv.zst", ".json")).unlink()
    assert "missing" in states(owner, archive)


def test_any_fsspec_url_that_keeps_files(owner, logs, tmp_path):
    url = f"file://{tmp_path}/archive"
    result = Purge(POLICY, duty=1, archive_url=url).run(owner)
    assert result["archived_rows"] == 5000
    assert set(states(owner, Archive(url))) == {"sound"}
    assert restore(owner, Archive(url))["restored"] == 5000


@pytest.mark.parametrize(
    "url",
    ["memory://archive", "simplecache::memory://archive", "data:,x", "zip://x", "https://h/x"],
)
def test_what_keeps_no_files_is_refused(owner, logs, url):
    with pytest.raises(ArchiveError, match="MAINT_ARCHIVE_URL can't be used"):
        Purge(POLICY, duty=1, archive_url=url).run(owner)
    assert count(owner) == 10000


def test_a_url_that_nothing_knows():
    with pytest.raises(ArchiveError, match="MAINT_ARCHIVE_URL"):
        Archive("nonsense://there")


def test_sql_refuses_to_delete_what_has_to_be_archived(superuser, logs):
    answer = superuser.execute("select public.cleanup_old_audit_logs() as a").fetchone()["a"]
    assert not answer["success"] and "archives its rows" in answer["error"]
    assert count(superuser) == 10000


def test_a_table_that_refuses_the_rows_says_so(superuser, owner, logs, archive):
    purge(owner, archive)
    superuser.execute("alter table public.audit_logs drop column severity cascade")
    problems = restore(owner, archive)["problems"]
    assert all("has no column severity" in row["problem"] for row in problems) and problems
    assert count(owner, OLD) == 0


def test_nobody_elses_trigger_runs_with_the_rights_of_the_tables_owner(
    superuser, owner, logs, archive
):
    purge(owner, archive)
    superuser.execute(
        "create role planter; grant usage, create on schema public to planter; "
        "grant trigger on public.audit_logs to planter; set role planter; "
        "create function public.trap() returns trigger language plpgsql as "
        "$$ begin execute 'alter role planter superuser'; return new; end $$; "
        "create trigger trap before insert on public.audit_logs "
        "for each row execute function public.trap(); reset role"
    )
    with pytest.raises(RestoreError, match="planter"):
        restore(owner, archive)
    row = superuser.execute("select rolsuper from pg_roles where rolname = 'planter'").fetchone()
    assert not row["rolsuper"] and count(owner, OLD) == 0
    superuser.execute("drop owned by planter cascade; drop role planter")


def test_from_the_command_line(cli, superuser, logs):
    (run,) = cli.json("run", POLICY, "--set", "duty_percent=100")
    assert run["details"]["archived_rows"] == 5000
    chunks = cli.json("archive", "list")
    assert sum(chunk["rows"] for chunk in chunks) == 5000
    assert {chunk["state"] for chunk in chunks} == {"recorded"}
    assert {chunk["state"] for chunk in cli.json("archive", "verify")} == {"sound"}
    (restored,) = cli.json("archive", "restore", POLICY)
    assert restored["restored"] == 5000 and count(superuser, OLD) == 5000
    assert cli("archive", "restore", "nothing").returncode == 2
    assert cli("archive", "restore", POLICY, "--from", "yesterday").returncode == 2
    torn = Path(run["details"]["archive"], "000001.json")
    torn.write_bytes(b"")
    for command in ("list", "verify"):
        answer = cli("archive", command)
        assert answer.returncode == 1 and "the manifest is empty" in answer.stderr
    superuser.execute(f"delete from public.audit_logs where {OLD}")
    answer = cli("archive", "restore", POLICY)
    assert answer.returncode == 1 and "the manifest is empty" in answer.stderr
    assert torn.name in answer.stderr and count(superuser, OLD) == 5000
    Path(run["details"]["archive"], "000001.csv.zst").unlink()
    assert cli("archive", "verify").returncode == 1
