"""The sample application: created once, believable, and never mixed into somebody's own."""

from datetime import UTC, datetime

import psycopg
import pytest

from maint_pipeline.errors import UsageError
from maint_pipeline.sample import add_audit_logs, create_sample_application, load_sample_data

NOW = datetime(2026, 5, 13, 15, 20, tzinfo=UTC)


@pytest.fixture
def sample(empty_database):
    create_sample_application(empty_database)
    return empty_database


def test_counts_and_states(sample):
    summary = load_sample_data(sample, rows=20_000, now=NOW)
    assert summary.organizations == 50
    assert 20_000 < summary.audit_logs < 22_000
    (rows,) = sample.execute("select count(*) from public.audit_logs").fetchone()
    assert rows == summary.audit_logs
    states = sample.execute("select status, count(*) from public.backup_runs group by 1").fetchall()
    assert {status for status, _ in states} == {"ok", "failed", "running"}
    (span,) = sample.execute(
        "select extract(days from max(time) - min(time)) from public.audit_logs"
    ).fetchone()
    assert 178 <= span <= 180


def test_working_days_are_busier_than_weekends_and_nights(sample):
    load_sample_data(sample, rows=20_000, now=NOW)
    query = "select count(*) from public.audit_logs where extract({} from time) {}"
    count = lambda unit, test: sample.execute(query.format(unit, test)).fetchone()[0]  # noqa: E731
    assert count("isodow", "= 2") > 3 * count("isodow", "= 7")
    assert count("hour", "= 10") > 5 * count("hour", "= 3")


def test_rows_lie_in_the_order_of_time(sample):
    load_sample_data(sample, rows=5_000, now=NOW)
    (correlation,) = sample.execute(
        "select correlation from pg_stats where tablename = 'audit_logs' and attname = 'time'"
    ).fetchone()
    assert correlation > 0.9  # a few rows fill gaps that a page has left


def test_same_seed_same_data(sample, new_database):
    load_sample_data(sample, rows=2_000, now=NOW)
    with psycopg.connect(new_database(), autocommit=True) as other:
        create_sample_application(other)
        load_sample_data(other, rows=2_000, now=NOW)
        digest = "select md5(string_agg(a::text, '' order by id)) from public.audit_logs as a"
        assert sample.execute(digest).fetchone() == other.execute(digest).fetchone()


def test_an_interrupted_load_leaves_nothing(sample):
    def stop(step: str, fraction: float) -> None:
        if fraction > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_sample_data(sample, rows=5_000, now=NOW, report=stop)
    assert sample.execute("select count(*) from public.orgs").fetchone() == (0,)


def test_more_rows(sample):
    load_sample_data(sample, rows=1_000, now=NOW)
    assert add_audit_logs(sample, rows=3_000, now=NOW) == 3_000


def test_another_application_is_left_alone(empty_database):
    with pytest.raises(UsageError, match="no sample application"):
        add_audit_logs(empty_database, rows=10)
    empty_database.execute("create table public.orgs (id uuid)")
    with pytest.raises(UsageError, match="has an application already"):
        create_sample_application(empty_database)


def test_adding_needs_the_samples_own_people(sample):
    with pytest.raises(UsageError, match="no sample data"):
        add_audit_logs(sample, rows=10)
