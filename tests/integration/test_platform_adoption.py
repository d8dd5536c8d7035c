"""maint migrate on a hosted platform's database, whatever it has in it, and back again."""

import re
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.preflight import CannotMigrateError
from maint_pipeline.installation.install import install, is_installed, plan, remove
from tests.platform import LEGACY_LEDGER, answer, call, dump, run


def test_an_application_without_any_of_our_names(url):
    run(url, "create table public.notes (id bigint generated always as identity, body text)")
    before = dump(url)
    assert install(url) is True
    assert call(url, "verify_backup_health")["success"] is True
    assert answer(url, "select public.verify_backup_health()", "anon") == "42501"
    assert answer(url, "select maint.verify_backup_health()", "anon") == "42501"
    assert answer(url, "select public.verify_backup_health()", "service_role")["success"] is True
    for table in ("public.maintenance_task_runs", "maint.settings", "maint.kept_functions"):
        assert answer(url, f"select count(*) from {table}", "anon") == "42501"
        assert answer(url, f"truncate {table}", "authenticated") == "42501"
    remove(url)
    assert dump(url) == before
    assert install(url) is True


@pytest.mark.parametrize(
    "columns",
    [
        "id uuid primary key, created_at timestamptz, what text",
        '"time" timestamptz default now(), actor uuid',
        "id bigint, at date",
        "id bigint, time json",
    ],
)
def test_audit_logs_of_another_shape_are_gone_round(url, columns):
    run(
        url,
        f"create table public.audit_logs ({columns})",
        "create type public.outcome as enum ('good', 'bad')",
        "create table public.backup_runs (id uuid, org_id uuid, status public.outcome, "
        "started_at timestamp, finished_at timestamptz, rows_count text, file_url text)",
    )
    before, said = dump(url), []
    assert "Left out: the index backup_runs_successes_idx" in plan(url)
    assert install(url, said.append) is True
    if "time json" in columns:
        assert any("brin_idx of public.audit_logs: time is of type json" in x for x in said)
    elif '"time"' not in columns:
        assert any("brin_idx of public.audit_logs: it has no column time" in x for x in said)
    assert call(url, "verify_backup_health")["success"] is True
    remove(url)
    assert dump(url) == before


@pytest.mark.parametrize("platform", ["bypassrls"], indirect=True)
@pytest.mark.parametrize(
    ("ledger", "problem"),
    [
        ("create view public.maintenance_task_runs as select 1 as id", "is a view"),
        (
            "create materialized view public.maintenance_task_runs as select 1 as id",
            "is a materialized view",
        ),
        ("create type public.maintenance_task_runs as enum ('a')", "there is a type"),
        ("create sequence public.maintenance_task_runs", "is a sequence"),
        (
            LEGACY_LEDGER.replace("id uuid", "id bigint").replace("gen_random_uuid()", "1"),
            "id of type bigint",
        ),
        (LEGACY_LEDGER.replace("error_message text", "message text"), "no column error_message"),
        (
            LEGACY_LEDGER.replace("details jsonb", "host text not null, details jsonb"),
            "host is not null",
        ),
        (
            LEGACY_LEDGER.replace("'running',", "'running' check (status in ('running', 'done')),"),
            "refuses what maint_pipeline writes",
        ),
    ],
)
def test_a_ledger_that_cannot_be_adopted_is_refused_before_the_first_change(url, ledger, problem):
    run(url, ledger)
    before = dump(url)
    for refused in (install, plan):
        with pytest.raises(CannotMigrateError, match=problem) as error:
            refused(url)
        assert "name" in str(error.value) and "Nothing was changed" in str(error.value)
    assert dump(url) == before


def test_a_ledger_of_somebody_else_is_refused_and_renamed_it_is_out_of_the_way(url):
    administrator = psycopg.conninfo.make_conninfo(url, user="postgres")
    run(administrator, LEGACY_LEDGER)
    with pytest.raises(CannotMigrateError, match="belongs to postgres, and customer may not"):
        install(url)
    run(administrator, "alter table public.maintenance_task_runs rename to old_task_runs")
    assert install(url) is True
    assert call(url, "verify_backup_health")["success"] is True


def test_a_legacy_ledger_is_adopted_and_given_back(url):
    run(
        url,
        LEGACY_LEDGER,
        "create index maintenance_task_runs_started_at_idx "
        "on public.maintenance_task_runs (started_at)",
        "grant select (task_name, status), update (status) on public.maintenance_task_runs "
        "to pg_monitor",
        "grant insert on public.maintenance_task_runs to pg_monitor with grant option",
        "insert into public.maintenance_task_runs (task_name, status) values ('old', 'done')",
    )
    before, said = dump(url), []
    install(url, said.append)
    assert any("maint migrate --down gives back what it had" in words for words in said)
    assert answer(url, "select count(*) from public.maintenance_task_runs", "anon") == "42501"
    assert call(url, "verify_backup_health")["success"] is True
    file = remove(url)
    assert dump(url) == before
    rows = "select count(*) from public.maintenance_task_runs where status = 'done'"
    assert answer(url, rows, "anon") == 1
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_our_tables_held_can_be_read_after_removal(platform, url, maint_home):
    install(url)
    assert call(url, "verify_backup_health")["success"] is True
    held = "values ('id', gen_random_uuid()::text, E'tab\\t, backslash \\\\, line\\n', '{}')"
    run(url, f"insert into maint.legal_holds (column_name, value, reason, held_by) {held}")
    file = remove(url)
    assert file.is_relative_to(maint_home) and not list(file.parent.glob("*.part"))
    other = platform.new_database()
    load(other, file.read_text())
    query = "select count(*) from maint_history.maintenance_task_runs where status = 'completed'"
    assert answer(other, query) == 1
    assert answer(other, "select count(*) from maint_history.retention_policies") == 2
    assert answer(other, "select count(*) from maint_history.settings") > 2
    assert (
        answer(other, "select reason from maint_history.legal_holds")
        == "tab\t, backslash \\, line\n"
    )


def load(url: str, script: str) -> None:
    """Load a dump, as psql does."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        parts = re.split(r"(copy [^;]* from stdin;\n)(.*?)\\\.\n", script, flags=re.S)
        for statements, copy, rows in zip(
            parts[0::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True
        ):
            if statements.strip():
                connection.execute(statements.encode())
            if copy:
                with connection.cursor().copy(copy.encode()) as target:
                    target.write(rows.encode())


def test_history_can_be_kept(url):
    install(url)
    assert call(url, "verify_backup_health")["success"] is True
    remove(url, keep_history=True)
    assert (
        answer(url, "select count(*) from pg_proc where pronamespace = 'maint'::regnamespace") == 0
    )
    assert answer(url, "select count(*) from public.maintenance_task_runs") == 1
    for role in ("anon", "authenticated", "service_role"):
        assert answer(url, "select count(*) from public.maintenance_task_runs", role) == "42501"
        assert answer(url, "select count(*) from maint.settings", role) == "42501"
    assert not is_installed(url)
    assert install(url) is True
    assert call(url, "verify_backup_health")["success"] is True
    assert answer(url, "select count(*) from get_maintenance_task_history()") == 2
    remove(url)
    assert answer(url, "select to_regclass('public.maintenance_task_runs')") is None
