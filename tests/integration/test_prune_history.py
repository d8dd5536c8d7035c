"""Pruning Dagster's history: what goes, what stays, and that plots keep their past."""

from contextlib import closing

import psycopg
import pytest
from psycopg.rows import dict_row

pytestmark = pytest.mark.any_version

JOB = "update_security_alert"
CLEANUP = "cleanup_old_security_alerts"


@pytest.fixture
def dagster(storage):
    with closing(psycopg.connect(storage, autocommit=True, row_factory=dict_row)) as connection:
        for table in ("event_logs", "run_tags", "runs"):
            if connection.execute("select to_regclass(%s) as t", [table]).fetchone()["t"]:
                connection.execute(f"delete from {table}")
        yield connection


def age(dagster, days: int) -> None:
    dagster.execute(
        "update runs set create_timestamp = create_timestamp - make_interval(days => %(days)s), "
        "update_timestamp = update_timestamp - make_interval(days => %(days)s)",
        {"days": days},
    )


def runs(dagster) -> list[tuple[str, str]]:
    rows = dagster.execute("select pipeline_name, status from runs order by id").fetchall()
    return [(row["pipeline_name"], row["status"]) for row in rows]


def events(dagster, run_ids) -> set[str]:
    rows = dagster.execute(
        "select dagster_event_type as t from event_logs where run_id = any(%s)", [run_ids]
    ).fetchall()
    return {row["t"] for row in rows}


def test_old_runs_go_and_the_newest_of_each_job_and_the_plots_stay(cli, superuser, dagster):
    old = [cli.json("run", CLEANUP)[0]["dagster_run_id"] for _ in range(3)]
    failed = cli("run", JOB, "--set", "alert_id=6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b")
    assert failed.returncode == 2
    age(dagster, 40)
    materializations = "select count(*) as n from event_logs where asset_key is not null"
    before = dagster.execute(materializations).fetchone()["n"]
    assert before >= 3

    (told,) = cli.json("run", "prune_dagster_history", "--dry-run")
    assert told["details"]["runs"] == 2 and len(runs(dagster)) == 5
    (done,) = cli.json("run", "prune_dagster_history")
    assert done["details"]["runs"] == 2 and done["details"]["events"] > 10
    assert "pg_cron is not in this database" in done["details"]["cron_history"]
    # A failed run is kept for 90 days, and the newest of its job for ever.
    assert runs(dagster)[:2] == [(CLEANUP, "SUCCESS"), (JOB, "FAILURE")]
    assert events(dagster, old[:2]) == {"ASSET_MATERIALIZATION"}
    assert len(events(dagster, old[2:])) > 5
    assert dagster.execute(materializations).fetchone()["n"] >= before

    (again,) = cli.json("run", "prune_dagster_history")
    assert again["details"]["runs"] == 0


def test_only_one_job_and_its_failures(cli, superuser, dagster):
    for _ in range(2):
        cli("run", JOB, "--set", "alert_id=6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b")
        cli.json("run", CLEANUP)
    age(dagster, 100)
    (done,) = cli.json("run", "prune_dagster_history", "--set", f"job={JOB}")
    assert done["details"]["runs"] == 1
    assert runs(dagster)[:3] == [(CLEANUP, "SUCCESS"), (JOB, "FAILURE"), (CLEANUP, "SUCCESS")]


def test_the_history_of_pg_cron_goes_in_batches(cli, superuser, dagster, owner):
    # The table as pg_cron makes it, in a schema of its own; the extension itself needs its server.
    superuser.execute("create schema cron")
    superuser.execute(
        "create table cron.job_run_details (runid bigint primary key, status text, "
        "start_time timestamptz, end_time timestamptz)"
    )
    superuser.execute(
        "insert into cron.job_run_details select i, 'succeeded', now() - interval '40 days', "
        "case when i > 2 then now() - interval '40 days' end from generate_series(1, 12002) as i"
    )
    superuser.execute("insert into cron.job_run_details values (20000, 'failed', now(), now())")
    (kept,) = cli.json("run", "prune_dagster_history")
    assert "grant usage on schema cron" in kept["details"]["cron_history"]
    superuser.execute("grant usage on schema cron to maint_owner")
    superuser.execute("grant select, delete on cron.job_run_details to maint_owner")
    (told,) = cli.json("run", "prune_dagster_history", "--dry-run")
    (done,) = cli.json("run", "prune_dagster_history")
    assert told["details"]["cron_rows"] == done["details"]["cron_rows"] == 12000
    left = superuser.execute("select count(*) as n from cron.job_run_details").fetchone()
    assert left["n"] == 3
