"""The administrators' own policies, applied one after another."""

import pytest

from maint_pipeline.definitions import defs

TASK = "cleanup_expired_rows"


@pytest.fixture
def tables(superuser):
    """Three tables of ten rows, one a month old by ten days each, and a policy for each."""
    for name in ("carts", "mails", "visits"):
        superuser.execute(f"create table public.{name} (id integer primary key, at timestamptz)")
        superuser.execute(
            f"insert into public.{name} select i, now() - (i - 0.5) * interval '10 days' "
            "from generate_series(1, 10) as i"
        )
        superuser.execute(f"grant select, delete, update (at) on public.{name} to maint_owner")
        superuser.execute(
            "insert into maint.retention_policies (name, table_name, time_column, keep) "
            "values (%s, %s, 'at', '30 days')",
            [f"old_{name}", name],
        )


@pytest.fixture
def run(database, monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", database)

    def run(**config):
        return (
            defs.resolve_job_def(TASK)
            .execute_in_process(
                run_config={"ops": {TASK: {"config": config}}},
                raise_on_error=False,
            )
            .success
        )

    return run


def history(connection) -> dict[str, dict]:
    rows = connection.execute(
        "select * from public.maintenance_task_runs order by started_at"
    ).fetchall()
    return {row["task_name"]: row for row in rows}


def left(connection) -> list[int]:
    return [
        connection.execute(f"select count(*) as n from public.{name}").fetchone()["n"]
        for name in ("carts", "mails", "visits")
    ]


def test_every_policy_is_applied_with_a_row_of_its_own(superuser, tables, run):
    assert run()
    assert left(superuser) == [3, 3, 3]
    rows = history(superuser)
    assert list(rows) == [TASK, f"{TASK}:old_carts", f"{TASK}:old_mails", f"{TASK}:old_visits"]
    assert {row["status"] for row in rows.values()} == {"completed"}
    assert len({row["dagster_run_id"] for row in rows.values()}) == 1
    assert rows[TASK]["details"]["deleted_count"] == 21
    assert rows[f"{TASK}:old_mails"]["details"]["deleted_count"] == 7


def test_a_policy_that_fails_does_not_stop_the_others(superuser, tables, run):
    superuser.execute("revoke delete on public.mails from maint_owner")
    assert not run()
    assert left(superuser) == [3, 10, 3]
    rows = history(superuser)
    assert rows[f"{TASK}:old_mails"]["status"] == "failed"
    assert rows[f"{TASK}:old_visits"]["status"] == "completed"
    assert rows[TASK]["status"] == "failed"
    assert "1 of 3 policies failed: old_mails: permission denied" in rows[TASK]["error_message"]


def test_one_policy_only_dry_and_with_another_interval(superuser, tables, run):
    assert run(policy="old_carts", dry_run=True, retention_days=50)
    assert left(superuser) == [10, 10, 10]
    details = history(superuser)[TASK]["details"]["by_policy"]["old_carts"]
    assert details["expired_count"] == 5
    assert run(policy="old_carts")
    assert left(superuser) == [3, 10, 10]
    assert not run(policy="no_such_policy")
    assert "Policies: old_carts, old_mails" in history(superuser)[TASK]["error_message"]


def test_disabled_and_built_in_policies_are_not_its_business(superuser, tables, run):
    superuser.execute("update maint.retention_policies set enabled = name = 'old_carts'")
    assert run()
    assert left(superuser) == [3, 10, 10]


def test_without_policies_there_is_nothing_to_do(superuser, run):
    assert run()
    assert history(superuser)[TASK]["details"]["policies"] == 0


def test_a_policy_on_a_table_without_grants_says_which(superuser):
    superuser.execute("create table public.carts (id integer primary key, at timestamptz)")
    with pytest.raises(Exception, match="may not purge") as refused:
        superuser.execute(
            "insert into maint.retention_policies (name, table_name, time_column, keep) "
            "values ('old_carts', 'carts', 'at', '30 days')"
        )
    hint = refused.value.diag.message_hint
    superuser.execute(hint)
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('old_carts', 'carts', 'at', '30 days')"
    )
