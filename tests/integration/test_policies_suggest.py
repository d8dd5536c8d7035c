"""Which tables are said to grow, with what a policy on them would free."""

import shlex
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.database.connection import connect, reading_only
from maint_pipeline.retention.policies import NewPolicy, add_policy, list_policies, preview_policy
from maint_pipeline.retention.suggest import suggest_policies

LOG = (
    "create table {0} (id bigint generated always as identity primary key, "
    "created_at timestamptz not null default now(), actor_id int, action text);"
    "insert into {0} (created_at, action) select now() - interval '200 days' * n / 20000, 'read' "
    "from generate_series(1, 20000) n; analyze {0}"
)


def suggested(url: str):
    with closing(connect(url, application_name="test", as_owner=False)) as opened:
        with reading_only(opened):
            return {s.relation: s for s in suggest_policies(opened)}


def run(connection, statement: str, name: str = "activity_log"):
    connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
    connection.execute("select pg_stat_force_next_flush()")
    return suggested(connection.info.dsn)


def test_what_a_policy_would_free(empty_database):
    (found,) = run(empty_database, LOG).values()
    assert found.relation == "public.activity_log" and found.time_column == "created_at"
    assert found.keep == "90 days" and found.rows == 20000 and found.confidence > 0.6
    # 110 of 200 days.
    assert found.would_free_rows == pytest.approx(11000, rel=0.02)
    assert found.would_free_bytes == pytest.approx(found.bytes * 0.55, rel=0.02)
    oldest = datetime.now(UTC) - timedelta(days=200)
    assert abs(found.oldest_at - oldest) < timedelta(days=3)
    assert found.rows_per_day == pytest.approx(100, rel=0.02)
    assert found.index is None and found.note is None


def test_a_technical_log_is_kept_for_a_month(empty_database):
    empty_database.execute("create schema cron")
    empty_database.execute(
        "create table cron.job_run_details (runid bigserial primary key, command text, "
        "start_time timestamptz, end_time timestamptz);"
        "insert into cron.job_run_details (start_time) select now() - interval '1 hour' * n "
        "from generate_series(1, 5000) n; analyze cron.job_run_details"
    )
    (found,) = run(empty_database, "select", "x").values()
    assert (found.relation, found.time_column, found.keep) == (
        "cron.job_run_details", "start_time", "30 days",
    )  # fmt: skip
    assert found.grant == 'grant usage on schema "cron" to maint_owner'


@pytest.mark.parametrize(("method", "is_exact"), [("btree", True), ("brin", False)])
def test_an_index_on_the_time_is_said_and_used_where_it_leads_to_the_oldest(
    empty_database, method, is_exact
):
    run(empty_database, LOG)
    empty_database.execute(f"create index on activity_log using {method} (created_at)")
    (found,) = suggested(empty_database.info.dsn).values()
    assert found.index == method and f"a {method} index on created_at" in found.reasons
    exact = empty_database.execute("select min(created_at) from activity_log").fetchone()[0]
    assert (found.oldest_at == exact) is is_exact or not is_exact


def test_what_nobody_has_analyzed_is_unknown_and_said(empty_database):
    statement = (
        LOG.replace("; analyze {0}", "") + "; alter table {0} set (autovacuum_enabled = off)"
    )
    (found,) = run(empty_database, statement).values()
    assert found.would_free_rows is None and found.oldest_at is None and found.bytes is None
    assert "analyze the table" in found.note


def test_who_may_not_see_statistics_is_told(empty_database):
    run(empty_database, LOG)
    empty_database.execute("drop role if exists guest_of_policies")
    empty_database.execute("create role guest_of_policies login")
    try:
        url = psycopg.conninfo.make_conninfo(empty_database.info.dsn, user="guest_of_policies")
        (found,) = suggested(url).values()
    finally:
        empty_database.execute("drop role guest_of_policies")
    assert found.command is None and "lacks select" in found.problem
    assert found.would_free_rows is None and "as a role that may read it" in found.note


@pytest.mark.parametrize("on_delete", ["cascade", "restrict", "set null", "no action"])
def test_foreign_keys_that_point_at_it_are_said_and_count_against_it(empty_database, on_delete):
    (alone,) = run(empty_database, LOG).values()
    empty_database.execute(
        f"create table notes (id int, log_id bigint references activity_log on delete {on_delete})"
    )
    (found,) = suggested(empty_database.info.dsn).values() or [None]
    assert found.confidence < alone.confidence
    (reason,) = [reason for reason in found.reasons if "public.notes points at it" in reason]
    blocks = on_delete in ("restrict", "no action")
    assert ("prevent deletes" if blocks else f"on delete {on_delete}") in reason


@pytest.mark.parametrize(
    "name", ["payments", "payment_history", "order_events", "users", "messages", "products"]
)
def test_what_the_business_lives_on_is_not_named(empty_database, name):
    assert run(empty_database, LOG, name) == {}


def test_small_tables_and_those_with_a_policy_are_left_out(database, superuser, owner):
    superuser.execute("create table small_log (created_at timestamptz, action text)")
    superuser.execute("insert into small_log select now(), 'x' from generate_series(1, 100)")
    superuser.execute("analyze small_log")
    superuser.execute(LOG.format("activity_log").encode())
    assert list(suggested(database)) == ["public.activity_log"]
    superuser.execute("grant select, delete, update on activity_log to maint_owner")
    add_policy(owner, NewPolicy("own", "activity_log", "created_at", "90 days"))
    assert suggested(database) == {}


def test_partitions_count_for_their_table(empty_database):
    empty_database.execute(
        "create table event_log (at timestamptz not null, action text) partition by range (at);"
        "create table event_log_1 partition of event_log for values "
        "from ('2020-01-01') to ('2030-01-01');"
        "insert into event_log select timestamptz '2025-01-01' + interval '1 hour' * n, 'x' "
        "from generate_series(1, 5000) n; analyze event_log"
    )
    (found,) = suggested(empty_database.info.dsn).values()
    assert found.relation == "public.event_log" and found.rows == 5000
    assert found.bytes > 100_000 and found.would_free_rows is not None


NAMES = [
    "activity.log",
    'activity_log"; --',
    "activity log's",
    "activity\x1b[31m\n_log",
    "Activity_" + "é" * 22 + "_log",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_command_adds_the_policy_whatever_the_name(cli, superuser, owner, database, name):
    superuser.execute(sql.SQL(LOG).format(sql.Identifier(name)))
    (row,) = cli.json("policies", "suggest")
    assert row["command"].isprintable()
    assert row["grant"] is None
    # As bash reads it.
    words = shell_words(row["command"])
    answer = cli(*words[1:])
    assert answer.returncode == 0, answer.stderr
    (policy,) = [p for p in list_policies(owner) if not p["built_in"]]
    assert policy["table_name"] == name and policy["keep"] == "90 days"
    preview = preview_policy(owner, policy["name"])
    assert preview["expired_count"] == pytest.approx(row["would_free_rows"], rel=0.02)


def shell_words(line: str) -> list[str]:
    import subprocess  # noqa: PLC0415

    command = ["bash", "-c", f"printf '%s\\0' {line}"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")[:-1]


def test_the_command_line_shows_what_json_has(cli, superuser):
    superuser.execute(LOG.format("activity_log").encode())
    (row,) = cli.json("policies", "suggest")
    shown = cli("policies", "suggest").stdout
    assert row["command"] in shown and "would free rows" in shown
    assert shlex.split(row["command"])[:4] == ["maint", "policies", "add", "expire_activity_log"]
    # Nothing was switched on.
    assert {policy["name"] for policy in cli.json("policies")} == {
        "cleanup_old_audit_logs", "cleanup_old_security_alerts",
    }  # fmt: skip


def test_a_locked_table_is_not_waited_for(empty_database):
    run(empty_database, LOG)
    empty_database.execute("create index on activity_log (created_at)")
    with closing(psycopg.connect(empty_database.info.dsn)) as other:
        other.execute("lock table activity_log in access exclusive mode")
        (found,) = suggested(empty_database.info.dsn).values()
    # The histogram's.
    assert found.oldest_at is not None
