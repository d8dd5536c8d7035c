"""Which policies are accepted, and what becomes of those that were accepted before."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maint_pipeline.database.owners import Owners
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.installation.install import install
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore
from maint_pipeline.retention.restore_target import target_of
from maint_pipeline.retention.storage import ArchiveError
from maint_pipeline.sample import create_sample_application
from tests.application import CREATE_OLD_ROWS, CREATE_PROFILE, OLD, administrator, count
from tests.seeds import few

ADD = (
    "insert into maint.retention_policies (name, table_name, time_column, keep, action) "
    "values (%s, 'audit_logs', 'time', %s::interval, 'archive')"
)
POLICY = "cleanup_old_audit_logs"
BAD_NAMES = (
    "../../loot/x", "", "a/b", "x" * 300, "a[1]", "*", ".hidden", "-rf", "a b", "a\nb", "\x1b[2J",
    "löschen", "a\\b", "x" * 64,
)  # fmt: skip


@pytest.mark.parametrize("name", few(BAD_NAMES, 6))
def test_a_name_that_is_no_file_name_is_refused(superuser, name):
    with pytest.raises(psycopg.errors.CheckViolation, match="is no name for a retention policy"):
        superuser.execute(ADD, [name, "90 days"])
    with pytest.raises(psycopg.errors.CheckViolation, match="is no name for a retention policy"):
        superuser.execute("update maint.retention_policies set name = %s", [name])


@pytest.mark.parametrize("name", ["a", "2024_logs", "cleanup.old-logs", "x" * 63, "A"])
def test_plain_names_are_accepted(superuser, name):
    superuser.execute(ADD, [name, "90 days"])


def as_it_was(superuser, *row) -> None:
    """Store what an earlier version accepted."""
    superuser.execute("alter table maint.retention_policies disable trigger user")
    superuser.execute(ADD, row)
    superuser.execute("alter table maint.retention_policies enable trigger user")


@pytest.mark.parametrize("name", few(BAD_NAMES, 2))
def test_an_older_policy_archives_within_the_archive(superuser, owner, tmp_path, name):
    superuser.execute(CREATE_OLD_ROWS)
    as_it_was(superuser, name, "90 days")
    as_it_was(superuser, "other", "90 days")
    folder = tmp_path / "a" / "b" / "archive"
    assert Purge(name, archive_url=str(folder), duty=1).run(owner)["archived_rows"] == 300
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and all(path.is_relative_to(folder) for path in files)
    archive = Archive(str(folder))
    assert archive.manifests("other") == [] and len(archive.manifests(name)) >= 1
    assert {row["state"] for row in inventory(owner, archive, name)} == {"recorded"}
    superuser.execute("update maint.retention_policies set enabled = false where name = %s", [name])


def test_a_manifest_that_points_elsewhere_is_refused(tmp_path):
    archive = Archive(str(tmp_path / "archive"))
    for file in ("../outside.csv.zst", "/etc/passwd", "a/../../outside.csv.zst"):
        with pytest.raises(ArchiveError, match="no file of the archive"):
            archive.storage.path(file)


@pytest.mark.parametrize(
    "keep",
    ["1 mon -29 days", "2 days -47 hours", "-1 day", "1 year -13 mons", "0", "23:59:59",
     "-1 mon 40 days", "1001 years"],
)  # fmt: skip
def test_a_keep_that_is_no_day_at_some_date_is_refused(superuser, owner, keep):
    with pytest.raises(psycopg.errors.CheckViolation, match="keep is"):
        superuser.execute(ADD, ["short", keep])
    superuser.execute(CREATE_OLD_ROWS)
    as_it_was(superuser, "older", keep)
    with pytest.raises(psycopg.errors.CheckViolation, match="keep is"):
        Purge("older", duty=1).run(owner)
    assert count(superuser, OLD) == 300


def test_a_keep_without_end(superuser):
    if superuser.info.server_version < 170000:
        pytest.skip("intervals have an end before PostgreSQL 17")
    for keep in ("infinity", "-infinity"):
        with pytest.raises(psycopg.errors.CheckViolation, match="has no end"):
            superuser.execute(ADD, ["endless", keep])


@given(
    months=st.integers(-30, 30), days=st.integers(-900, 900), hours=st.integers(-2000, 2000),
    at=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
)  # fmt: skip
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_accepted_is_a_day_at_every_date(superuser, months, days, hours, at):
    keep = f"{months} months {days} days {hours} hours"
    try:
        superuser.execute("select maint.assert_keep('p', %s::interval, false)", [keep])
    except psycopg.errors.CheckViolation:
        return
    superuser.execute("set timezone = 'UTC'")
    row = superuser.execute(
        "select %(at)s - (%(at)s - %(keep)s::interval) as span", {"at": at, "keep": keep}
    ).fetchone()
    assert row["span"] >= timedelta(days=1)


EXTREME = ("-infinity", "4713-01-01 00:00:00+00 BC", "0044-03-15 12:00:00+00 BC", "0001-01-01")


@pytest.mark.parametrize("is_staged", [False, True])
def test_rows_of_all_times_are_archived_and_come_back(superuser, owner, tmp_path, is_staged):
    superuser.execute(CREATE_PROFILE)
    for time in EXTREME:
        superuser.execute(
            "insert into public.audit_logs (entity, action, user_id, time) "
            "select 'x', 'read', id, %s from public.profiles",
            [time],
        )
    superuser.execute("update maint.retention_policies set action = 'archive'")
    superuser.execute("grant insert on public.audit_logs to maint_owner")
    if is_staged:  # a trigger that keeps one row makes the purge take the other way
        superuser.execute(
            "create function public.keep() returns trigger language plpgsql as "
            "$$ begin return case when old.time >= '0001-01-01' then null else old end; end $$;"
            "create trigger keep before delete on public.audit_logs "
            "for each row execute function public.keep()"
        )
    preview = Purge(POLICY).preview(owner)
    assert preview["expired_count"] == 4 and preview["oldest"] == "-infinity"
    result = Purge(POLICY, archive_url=str(tmp_path), duty=1).run(owner)
    assert result["archived_rows"] == (3 if is_staged else 4)
    archive = Archive(str(tmp_path))
    (row,) = inventory(owner, archive, read=True)
    assert row["state"] == "sound" and row["oldest"].year == 1
    assert [note["state"] for note in inventory(owner, Archive(str(tmp_path / "x")))] == ["missing"]
    wanted = Restore(*target_of(owner, POLICY, None))
    restored = wanted.run(owner, archive, archive.manifests(), Owners(administrator(owner)))
    assert restored.restored == result["archived_rows"]
    rows = superuser.execute("select time::text from public.audit_logs order by time").fetchall()
    assert rows[0]["time"] == "-infinity" and len(rows) == 4


NAME = "security_alerts_open_fingerprint_key"


@pytest.mark.parametrize(
    "taken",
    [
        f"create index {NAME} on public.other (id)",
        f"create unique index {NAME} on public.other (id)",
        f"create table public.{NAME} ()",
        f"create index {NAME} on public.security_alerts (title)",
    ],
)
def test_an_index_name_that_something_else_has_is_told(new_database, taken):
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
        connection.execute("create table public.other (id integer)")
        connection.execute(taken)
        with pytest.raises(ConfigurationError, match=f"an index named {NAME}") as refused:
            install(url)
        assert "Nothing was changed" in str(refused.value)
        assert connection.execute("select to_regnamespace('maint')").fetchone() == (None,)
        kind = "table" if "table" in taken else "index"
        connection.execute(f"drop {kind} public.{NAME}")
        install(url)
        assert connection.execute(
            "select indisunique from pg_index where indexrelid = to_regclass(%s)",
            [f"public.{NAME}"],
        ).fetchone() == (True,)


def test_an_invalid_index_of_another_table_is_left_alone(new_database):
    url = new_database()
    name = "backup_runs_empty_idx"  # one that is optional
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
        connection.execute("create table public.other (id integer)")
        connection.execute(f"create index {name} on public.other (id)")
        connection.execute(
            "update pg_index set indisvalid = false where indexrelid = %s::regclass",
            [f"public.{name}"],
        )
        install(url)
        assert connection.execute(
            "select indrelid::regclass::text from pg_index where indexrelid = %s::regclass",
            [f"public.{name}"],
        ).fetchone() == ("other",)


@pytest.mark.parametrize(
    "change",
    [
        "table_name = 'audit_log'",
        "table_schema = 'app'",
        "table_name = 'audit_log', condition = 'no such thing'",
    ],
)
def test_a_built_in_policy_is_not_pointed_at_a_table_that_is_not_there(superuser, change):
    with pytest.raises(psycopg.errors.UndefinedTable, match="there is no table"):
        superuser.execute(
            f"update maint.retention_policies set {change} where name = 'cleanup_old_audit_logs'"
        )


def test_a_built_in_policy_that_waits_for_its_table_takes_no_condition_unseen(superuser):
    superuser.execute("drop table public.audit_logs cascade")
    policy = "where name = 'cleanup_old_audit_logs'"
    superuser.execute(f"update maint.retention_policies set keep = '1 year' {policy}")
    with pytest.raises(psycopg.errors.UndefinedTable, match="there is no table"):
        superuser.execute(f"update maint.retention_policies set condition = 'x y' {policy}")
