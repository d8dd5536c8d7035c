"""The copy of the audit log that checks of behaviour read: windows slide, nothing is lost."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maint_pipeline.checks.run import run_checks

USER = "00000000-0000-0000-0000-000000000001"
ATTEMPTS = 4
HOUR = 60


@pytest.fixture
def application(superuser):
    superuser.execute("insert into auth.users (id) values (%s)", [USER])
    superuser.execute("insert into public.profiles (id) values (%s)", [USER])
    superuser.execute(
        "update maint.check_thresholds set value = %s "
        "where check_name = 'failed_sign_ins' and name = 'attempts'",
        [ATTEMPTS],
    )
    return superuser


def evaluate(owner, check: str) -> dict:
    owner.execute("select maint.prepare_checks('security')")
    return owner.execute("select maint.run_check(%s) as r", [check]).fetchone()["r"]


def run_at(application, owner, minute: int, before: int | None, attempts) -> bool:
    """Make the database what it is at that minute, run, and tell whether there is a finding."""
    application.execute("truncate public.audit_logs")
    visible = [at for at, committed in attempts if committed <= minute]
    # In one statement, so that all of them count from one now().
    application.execute(
        "insert into public.audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'auth', 'access', %s, now() - age, 'rate_limited' "
        "from unnest(%s::interval[]) as age",
        [USER, [timedelta(minutes=minute - at) for at in visible]],
    )
    if before is None:
        application.execute("truncate maint.observations, maint.activity_hours")
    else:
        application.execute(
            "update maint.observations set evaluated_until = now() - %s",
            [timedelta(minutes=minute - before)],
        )
    has_findings = evaluate(owner, "failed_sign_ins")["findings"] > 0
    owner.execute("select maint.conclude_checks('security')")
    return has_findings


def is_attack(minutes: list[int]) -> bool:
    minutes = sorted(minutes)
    pairs = zip(minutes, minutes[ATTEMPTS - 1 :], strict=False)
    return any(last - first <= HOUR for first, last in pairs)


@given(
    attempts=st.lists(
        st.tuples(st.integers(0, 250), st.integers(0, 12)).map(lambda t: (t[0], t[0] + t[1])),
        max_size=12,
    ),
    jitters=st.lists(st.integers(0, 50), min_size=5, max_size=5),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_window_is_cut_in_two_by_runs(application, owner, attempts, jitters):
    """Runs come late, transactions commit late: whoever fails so often within an hour is seen."""
    # The first one begins where it is: what was before its window is nobody's.
    runs = [0, *(HOUR * (i + 1) + jitter for i, jitter in enumerate(jitters))]
    seen, before = [], None
    for minute in runs:
        seen.append(run_at(application, owner, minute, before, attempts))
        before = minute
    known = [at for at, committed in attempts if committed <= runs[-1]]
    assert any(seen) == is_attack(known)


def test_a_pause_of_days_is_caught_up(application, owner):
    assert not run_at(application, owner, 0, None, [])
    attempts = [(day * 1440 + i, day * 1440 + i) for day in (1,) for i in range(ATTEMPTS)]
    assert run_at(application, owner, 3 * 1440, 0, attempts)


def test_a_run_that_died_before_its_checks_loses_nothing(application, owner):
    assert not run_at(application, owner, 0, None, [])
    attempts = [(60 + i, 60 + i) for i in range(ATTEMPTS)]
    # It copied the log at minute 90 and was killed; somebody looked with a single check since.
    application.execute("update maint.observations set evaluated_until = now() - interval '90 min'")
    owner.execute("select maint.prepare_checks('security')")
    evaluate(owner, "mass_read")
    left = owner.execute("select now() - evaluated_until as age from maint.observations").fetchone()
    assert left["age"] >= timedelta(minutes=90)
    assert run_at(application, owner, 300, 0, attempts)


def test_a_log_that_cant_be_read_fails_the_checks_instead_of_passing_them(application, owner):
    application.execute(
        "alter table public.audit_logs rename to audit_rows; "
        "create view public.audit_logs as select id, time, user_id, action, "
        "(1 / 0)::text as entity from public.audit_rows; "
        "grant select on public.audit_logs to maint_owner; "
        "insert into public.audit_rows (entity, action, user_id) "
        "select 'x', 'read', id from public.profiles"
    )
    result = evaluate(owner, "mass_read")
    assert result["status"] == "failed" and "division by zero" in result["problem"]
    summary, _ = run_checks(owner, "security")
    assert "audit log could not be read" in summary["failed_checks"]["mass_read"]
    assert "row_security_off" not in summary["failed_checks"]
    application.execute(
        "drop view public.audit_logs; alter table public.audit_rows rename to audit_logs"
    )
    assert evaluate(owner, "mass_read")["status"] == "passed"


def test_without_an_audit_log_they_are_not_applicable(application, owner):
    application.execute("drop table public.audit_logs")
    result = evaluate(owner, "mass_read")
    assert result["status"] == "not_applicable"
    assert result["problem"] == "public.audit_logs does not exist"


def test_the_log_is_read_by_ranges_of_its_index_whatever_its_size(application, owner):
    application.execute(
        "insert into public.audit_logs (entity, action, user_id, time) "
        "select 'invoice', 'read', %s, now() - interval '60 days' + i * interval '100 seconds' "
        "from generate_series(1, 50000) as i",
        [USER],
    )
    application.execute("vacuum analyze public.audit_logs")
    owner.execute("select maint.prepare_checks('security')")
    blocks = (
        "select heap_blks_read + heap_blks_hit as n from pg_statio_user_tables "
        "where relname = 'audit_logs'"
    )
    flush = "select pg_stat_force_next_flush()"
    owner.execute(flush)
    before = owner.execute(blocks).fetchone()["n"]
    owner.execute("select maint.prepare_checks('security')")
    owner.execute(flush)
    read = owner.execute(blocks).fetchone()["n"] - before
    pages = owner.execute("select relpages as n from pg_class where relname = 'audit_logs'")
    # The window is within the last range of the BRIN index, of 128 pages, and so is the tail.
    assert read < pages.fetchone()["n"] * 0.7
