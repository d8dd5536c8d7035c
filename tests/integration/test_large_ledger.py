"""A ledger of years: what is asked often doesn't read all of it; metrics count each run once."""

import pytest

from benchmarks.ledger import FILL, QUESTIONS, scans
from maint_pipeline.reports.metrics import MaintenanceCollector, exposition
from tests.dev import eventually

pytestmark = pytest.mark.full

ROWS = 60_000


@pytest.fixture
def many(superuser, owner):
    superuser.execute(FILL, {"rows": ROWS})
    superuser.execute("vacuum analyze public.maintenance_task_runs")
    # What is older than a day is added up once.
    owner.execute("select maint.add_up_task_runs()")
    return superuser


def test_no_question_reads_it_from_end_to_end(many, owner, database):
    reading = {}
    for name, question in QUESTIONS.items():
        before = scans(owner)
        question(owner, database)
        eventually(lambda: others(many, owner) == 0)
        reading[name] = scans(owner) - before
    assert reading == dict.fromkeys(QUESTIONS, 0)


def others(superuser, owner) -> int:
    """Sessions that may not have reported yet what they read."""
    return superuser.execute(
        "select count(*) as count from pg_stat_activity where datname = current_database() "
        "and backend_type = 'client backend' and pid not in (pg_backend_pid(), %s)",
        [owner.info.backend_pid],
    ).fetchone()["count"]


def totals(owner) -> list[str]:
    class Kept:
        def __enter__(self):
            return owner

        def __exit__(self, *_) -> None:
            pass

    lines = exposition(MaintenanceCollector(Kept)).splitlines()
    kinds = ("maint_task_runs_total", "maint_rows_deleted_total", "maint_task_duration_seconds_")
    return sorted(line for line in lines if line.startswith(kinds) and "_created" not in line)


def test_adding_up_changes_no_figure(superuser, owner):
    superuser.execute(FILL, {"rows": 1000})
    superuser.execute("update maint.task_totals_until set until = 'infinity'")
    assert totals(owner) == []
    superuser.execute("update maint.task_totals_until set until = '-infinity'")
    with owner.transaction():
        owner.execute("set transaction read only")
        nothing_added = totals(owner)
    assert superuser.execute("select from maint.task_totals").rowcount == 0
    assert totals(owner) == totals(owner) == nothing_added
    assert superuser.execute("select from maint.task_totals").rowcount > 0
    assert sum(float(line.split()[-1]) for line in nothing_added if "runs_total" in line) == 917


def test_a_run_at_work_is_counted_when_it_has_ended(superuser, owner):
    insert = (
        "insert into public.maintenance_task_runs (task_name, status, started_at, finished_at) "
        "values ('long', %s, now() - %s::interval, now()) returning id"
    )
    superuser.execute(insert, ["completed", "9 days"])
    at_work = superuser.execute(insert, ["running", "8 days"]).fetchone()["id"]
    superuser.execute(insert, ["completed", "7 days"])
    assert 'maint_task_runs_total{status="completed",task="long"} 2.0' in totals(owner)
    superuser.execute(
        "update public.maintenance_task_runs set status = 'completed' where id = %s", [at_work]
    )
    for _ in "12":
        assert 'maint_task_runs_total{status="completed",task="long"} 3.0' in totals(owner)
    superuser.execute("delete from public.maintenance_task_runs")
    assert 'maint_task_runs_total{status="completed",task="long"} 3.0' in totals(owner)
