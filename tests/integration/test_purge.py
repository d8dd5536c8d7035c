"""The purge: what goes, what stays, and what it tells."""

import signal
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from maint_pipeline.database.connection import canceling_on_interrupt, connect
from maint_pipeline.retention.preconditions import PolicyRestsError
from maint_pipeline.retention.purge import Purge
from tests.application import CREATE_PROFILE, OLD, count
from tests.dev import eventually

POLICY = "cleanup_old_audit_logs"


@pytest.fixture
def logs(superuser):
    """10,000 audit logs, one every 26 minutes over 180 days: half of them past 90 days."""
    superuser.execute(CREATE_PROFILE)
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time, user_agent) "
        "select 'invoice', 'read', (select id from public.profiles), "
        "now() - (i - 0.5) * interval '180 days' / 10000, repeat('x', 200) "
        "from generate_series(1, 10000) as i"
    )
    superuser.execute("analyze public.audit_logs")


def test_all_that_expired_goes_and_nothing_else(owner, logs):
    expired, young = count(owner, OLD), count(owner, f"not ({OLD})")
    seen = []
    result = Purge(POLICY, duty=1).run(owner, lambda progress: seen.append(progress.fraction))
    assert result["deleted_count"] == expired == 5000
    assert result["locked_left"] == 0
    assert count(owner) == young
    assert seen == sorted(seen) and seen[-1] == 1.0
    assert Purge(POLICY).run(owner)["deleted_count"] == 0


def test_keep_overrides_the_policy_for_one_run(owner, logs):
    assert Purge(POLICY, keep=timedelta(days=45), duty=1).run(owner)["deleted_count"] == 7500


def test_preview_tells_and_changes_nothing(owner, logs):
    before = count(owner)
    preview = Purge(POLICY).preview(owner)
    assert preview["expired_count"] == 5000 and preview["deleted_count"] == 0
    assert preview["expired_bytes"] > 5000 * 200
    assert preview["oldest"] < preview["newest"] < preview["cutoff"]
    assert count(owner) == before
    # The statement it prints is the truth.
    with pytest.raises(ZeroDivisionError), owner.transaction():
        assert owner.execute(preview["statement"]).rowcount == 5000
        raise ZeroDivisionError


def test_whatever_the_databases_own_formats_are(database, superuser, logs):
    name = superuser.info.dbname
    superuser.execute(f"alter database {name} set datestyle = 'German'")
    superuser.execute(f"alter database {name} set timezone = 'Asia/Kolkata'")
    with closing(connect(database, application_name="test")) as owner:
        assert Purge(POLICY).preview(owner)["expired_count"] == 5000
        assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 5000


def test_rows_that_others_lock_are_left_and_counted(database, owner, logs):
    with closing(psycopg.connect(database)) as holder:
        holder.execute(
            f"select from public.audit_logs where {OLD} order by time limit 7 for update"
        )
        result = Purge(POLICY, duty=1).run(owner)
    assert result["deleted_count"] == 4993 and result["locked_left"] == 7
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 7


def test_a_lock_that_is_let_go_is_revisited(database, owner, logs):
    with closing(psycopg.connect(database)) as holder:
        holder.execute(f"select from public.audit_logs where {OLD} limit 7 for update")

        def release(progress) -> None:
            if progress.fraction == 1.0:
                holder.rollback()

        result = Purge(POLICY, duty=1).run(owner, release)
    assert result["deleted_count"] == 5000 and result["locked_left"] == 0


def test_the_sql_function_deletes_the_same(superuser, logs):
    answer = superuser.execute("select public.cleanup_old_audit_logs() as a").fetchone()["a"]
    assert answer["deleted_count"] == 5000 and count(superuser, OLD) == 0


def test_the_sql_function_never_waits_for_a_locked_row(database, superuser, logs):
    with closing(psycopg.connect(database)) as holder:
        holder.execute(f"select from public.audit_logs where {OLD} limit 7 for update")
        answer = superuser.execute("select public.cleanup_old_audit_logs() as a").fetchone()["a"]
    assert answer["deleted_count"] == 4993 and answer["locked_left"] == 7


def test_open_alerts_never_go(superuser, owner):
    superuser.execute(
        "insert into public.security_alerts "
        "(alert_type, severity, title, resolved, resolved_at, created_at) "
        "select 'x', 'low', 'x', resolved, resolved_at, now() - interval '900 days' from (values "
        "(false, null), (false, now() - interval '99 days'), (null, now() - interval '99 days'), "
        "(true, now() - interval '31 days'), (true, now() - interval '29 days'), (true, null)"
        ") as v (resolved, resolved_at)"
    )
    assert Purge("cleanup_old_security_alerts").run(owner)["deleted_count"] == 1
    assert owner.execute("select count(*) as n from public.security_alerts").fetchone()["n"] == 5


def test_every_partition_of_a_partitioned_table_is_purged(superuser, owner):
    superuser.execute(
        "create table public.events (at timestamptz not null) partition by range (at)"
    )
    for name, begin, end in (
        ("old", "2020-01-01", "2021-01-01"),
        ("new", "2021-01-01", "2099-01-01"),
    ):
        superuser.execute(
            f"create table public.events_{name} partition of public.events "
            f"for values from ('{begin}') to ('{end}')"
        )
    superuser.execute(
        "grant select, delete, update on public.events, public.events_old, public.events_new "
        "to maint_owner"
    )
    superuser.execute(
        "insert into public.events select timestamptz '2020-06-01' + i * interval '1 day' "
        "from generate_series(1, 1000) as i union all select now()"
    )
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('events', 'events', 'at', '90 days')"
    )
    assert Purge("events", duty=1).run(owner)["deleted_count"] == 1000
    assert owner.execute("select count(*) as n from public.events").fetchone()["n"] == 1


def test_a_missing_table_is_nothing_to_work_on(superuser, owner):
    superuser.execute("drop table public.audit_logs")
    with pytest.raises(PolicyRestsError, match=POLICY):
        Purge(POLICY).run(owner)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"table_name": "nothing"}, "there is no table public.nothing"),
        ({"time_column": "nothing"}, "no column nothing"),
        ({"time_column": "entity"}, "of a date or timestamp type"),
        ({"keep": "23 hours"}, "at least 1 day, or set force"),
        ({"table_schema": "pg_catalog", "table_name": "pg_class"}, "not for purging"),
        ({"condition": "entity"}, "not one boolean expression"),
        ({"condition": "true) or (true"}, "not one boolean expression"),
        ({"condition": "true from pg_authid --"}, "not one boolean expression"),
        ({"condition": "true; drop table public.orgs"}, "not one boolean expression"),
        ({"condition": "true) ; drop table public.orgs; select (true"}, "not one boolean"),
        ({"condition": "true, true"}, "not one boolean expression"),
        ({"condition": ""}, "not one boolean expression"),
        ({"condition": "/* true"}, "not one boolean expression"),
    ],
)
def test_a_wrong_policy_is_refused_when_it_is_written(superuser, changes, message):
    row = {
        "name": "wrong", "table_schema": "public", "table_name": "audit_logs",
        "time_column": "time", "condition": "true", "keep": "30 days", **changes,
    }  # fmt: skip
    with pytest.raises(psycopg.Error, match=message):
        superuser.execute(
            "insert into maint.retention_policies "
            "(name, table_schema, table_name, time_column, condition, keep) values (%(name)s, "
            "%(table_schema)s, %(table_name)s, %(time_column)s, %(condition)s, %(keep)s)",
            row,
        )
    assert superuser.execute("select to_regclass('public.orgs') as orgs").fetchone()["orgs"]


def test_names_that_need_quotes_work(superuser, owner):
    superuser.execute(
        'create table public."Odd; ""Table" ("the time" timestamptz, "keep?" boolean)'
    )
    superuser.execute('grant select, delete, update on public."Odd; ""Table" to maint_owner')
    superuser.execute(
        "insert into public.\"Odd; \"\"Table\" values ('2020-01-01', true), ('2020-01-01', false)"
    )
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, condition, keep) "
        "values ('odd', 'Odd; \"Table', 'the time', 'not \"keep?\" -- or rather', '1 day')"
    )
    assert Purge("odd").run(owner)["deleted_count"] == 1


def test_cancellation_ends_the_statement_on_the_server(database, superuser, owner):
    """As an interrupted run has it: the session's statement must not go on to its end."""

    class Interrupted(BaseException):
        pass

    def interrupt(*_):
        raise Interrupted

    previous = signal.signal(signal.SIGALRM, interrupt)
    with closing(connect(database, application_name="slow")) as slow:
        pid = slow.info.backend_pid
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(Interrupted), canceling_on_interrupt(slow):
            slow.execute("select pg_sleep(60)")
        signal.signal(signal.SIGALRM, previous)
        # The server does as it is asked, a moment later.
        eventually(
            lambda: (
                superuser.execute(
                    "select state from pg_stat_activity where pid = %s", [pid]
                ).fetchone()["state"]
                != "active"
            ),
            seconds=10,
        )
