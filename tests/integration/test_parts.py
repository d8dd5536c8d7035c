"""Parts of a run: known by the run that they belong to, whatever they are called."""

import pytest

from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.doctor.oversight import examine_oversight
from maint_pipeline.reports.health import check_health
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded

TASK = "cleanup_expired_rows"
OLD_RUNS = """
insert into public.maintenance_task_runs
    (task_name, started_at, finished_at, status, dagster_run_id)
values
    ('cleanup_expired_rows', '2026-01-01', '2026-01-09', 'completed', 'one'),
    ('cleanup_expired_rows', '2026-01-03', '2026-01-04', 'completed', 'two'),
    ('cleanup_expired_rows', '2026-01-05', '2026-01-06', 'completed', null),
    ('cleanup_expired_rows:one', '2026-01-04', '2026-01-09', 'completed', 'one'),
    ('cleanup_expired_rows:two', '2026-01-03', '2026-01-04', 'failed', 'two'),
    ('cleanup_expired_rows:three', '2026-01-06', '2026-01-06', 'completed', null),
    ('cleanup_expired_rows:lost', '2025-01-01', '2025-01-02', 'completed', null),
    ('backup:nightly', '2026-01-03', '2026-01-04', 'completed', 'two')
"""
PARENTS = """
select part.task_name, to_char(run.started_at, 'DD') as run
from public.maintenance_task_runs as part
left join public.maintenance_task_runs as run on run.id = part.parent_id
where part.task_name like '%:%'
"""


def fail(run):
    raise RuntimeError("no space")


def work(run):
    run.part("good", lambda part: {"deleted_count": 3})
    with pytest.raises(RuntimeError):
        run.part("bad", fail)
    return {}


def test_a_part_names_the_run_that_it_belongs_to(database, owner):
    done = run_recorded(database, TASK, RunContext("cli"), work)
    rows = owner.execute(
        "select task_name, of_task, is_part, parent_id from maint.task_runs order by started_at"
    ).fetchall()
    assert [(row["task_name"], row["parent_id"]) for row in rows] == [
        (TASK, None), (f"{TASK}:good", done.task_id), (f"{TASK}:bad", done.task_id),
    ]  # fmt: skip
    assert [row["is_part"] for row in rows] == [False, True, True]
    assert {row["of_task"] for row in rows} == {TASK}


def test_a_part_that_finds_its_lock_held_is_one_too(database, owner):
    def twice(run):
        def again(part):
            assert run.part("p", lambda _: {}).status == "skipped"
            return {}

        run.part("p", again)
        return {}

    done = run_recorded(database, TASK, RunContext("cli"), twice)
    rows = owner.execute("select status from maint.task_runs where parent_id = %s", [done.task_id])
    assert sorted(row["status"] for row in rows.fetchall()) == ["completed", "skipped"]


def test_a_task_whose_name_has_a_colon_is_no_part(superuser, owner):
    """What the application's own ledger had: such rows are tasks like others."""
    superuser.execute(
        "insert into public.maintenance_task_runs "
        "(task_name, status, started_at, finished_at, error_message) values "
        "('backup:nightly', 'failed', now(), now(), 'no tape')"
    )
    state = owner.execute("select task_name, is_failing from maint.task_state").fetchall()
    assert state == [{"task_name": "backup:nightly", "is_failing": True}]
    (day,) = owner.execute("select task_name, failed from maint.task_runs_by_day").fetchall()
    (week,) = owner.execute("select task_name, failed from maint.failures_by_week").fetchall()
    assert day == week == {"task_name": "backup:nightly", "failed": 1}
    assert "no tape" in {j.name: j.reason for j in check_health(owner)}["latest_runs_succeeded"]
    (runs,) = [d for d in examine_oversight(owner) if d.name == "latest runs"]
    assert "maint run backup:nightly" in runs.remedy
    # Nobody's schedule: no alert, as for any task that is not ours.
    assert sync_failed_tasks(owner, [TASK])["created"] == 0


def test_old_parts_get_their_run(superuser, owner):
    superuser.execute(OLD_RUNS)
    for _ in range(2):
        owner.execute("select maint.fill_parent_ids()")
        assert {row["task_name"]: row["run"] for row in superuser.execute(PARENTS)} == {
            "cleanup_expired_rows:one": "01",
            "cleanup_expired_rows:two": "03",
            "cleanup_expired_rows:three": "05",
            "cleanup_expired_rows:lost": None,
            "backup:nightly": None,
        }


def test_a_ledger_that_refuses_stops_no_migration(superuser, owner):
    superuser.execute(OLD_RUNS)
    superuser.execute(
        "create function public.refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'read only'; end $$; "
        "create trigger refuse before update on public.maintenance_task_runs "
        "for each row execute function public.refuse()"
    )
    notices: list[str] = []
    owner.add_notice_handler(lambda notice: notices.append(str(notice.message_primary)))
    owner.execute("select maint.fill_parent_ids()")
    assert "are listed as tasks" in "".join(notices) and "read only" in "".join(notices)
