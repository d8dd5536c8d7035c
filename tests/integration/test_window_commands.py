"""Windows that would keep a task from ever starting are refused, and told where they exist."""

from datetime import UTC, datetime

import pytest

from maint_pipeline.ops import all_tasks
from maint_pipeline.schedules.windows import shut_out_tasks
from maint_pipeline.settings import Settings

pytestmark = pytest.mark.any_version

ADD = "insert into maint.maintenance_windows (name, opens, closes, days, tasks) values "
WINTER = datetime(2026, 1, 5, 12, tzinfo=UTC)


def shut_out(connection, *, timezone: str = "UTC") -> set[str]:
    settings = Settings(timezone=timezone)
    found = shut_out_tasks(connection, all_tasks().values(), settings, WINTER)
    return {task.task_name for task in found}


@pytest.mark.parametrize(
    ("windows", "tasks"),
    [
        ([], set()),
        (["('night', '00:00', '06:00', '{1,2,3,4,5,6,7}', '{}')"], set()),
        # The weekly task comes on Sundays.
        (["('n', '00:00', '06:00', '{1,2}', '{}')"], {"cleanup_old_security_alerts"}),
        (["('n', '02:10', '02:30', '{1,2,3,4,5,6,7}', '{cleanup_expired_rows}')"],
         {"cleanup_expired_rows"}),
        (["('n', '02:10', '02:31', '{1,2,3,4,5,6,7}', '{cleanup_expired_rows}')"], set()),
        (["('n', '12:15', '13:00', '{3}', '{run_automated_security_checks}')"],
         {"run_automated_security_checks"}),
        (["('n', '12:15', '13:01', '{3}', '{run_automated_security_checks}')"], set()),
        # One window with a tick is enough.
        (["('a', '12:00', '13:00', '{1}', '{}')", "('b', '00:00', '06:00', '{7}', '{}')"], set()),
    ],
)  # fmt: skip
def test_who_has_no_tick_within_a_window(superuser, owner, windows, tasks):
    for window in windows:
        superuser.execute(ADD + window)
    assert shut_out(owner) == tasks


def test_the_schedules_zone_is_not_the_windows(superuser, owner):
    superuser.execute(
        ADD + "('n', '01:30', '02:30', '{1,2,3,4,5,6,7}', '{cleanup_old_audit_logs}')"
    )
    assert shut_out(owner) == set()
    # 02:00 in Auckland is 13:00 or 14:00 in UTC.
    assert shut_out(owner, timezone="Pacific/Auckland") == {"cleanup_old_audit_logs"}


def test_a_tick_in_summer_only_is_a_tick(superuser, owner):
    """02:00 in Berlin is 01:00 UTC in winter, midnight in summer."""
    superuser.execute(
        ADD + "('n', '23:30', '00:30', '{1,2,3,4,5,6,7}', '{cleanup_old_audit_logs}')"
    )
    assert shut_out(owner, timezone="Europe/Berlin") == set()


def test_such_a_window_is_refused_when_it_is_written(cli, superuser):
    short = ("--opens", "12:00", "--closes", "13:00")
    answer = cli("windows", "add", "noon", *short)
    said = " ".join(answer.stderr.split())
    assert answer.returncode == 2 and "Nothing was changed" in said
    assert "cleanup_old_audit_logs (0 2 * * *) has no tick within noon" in said
    assert superuser.execute("select from maint.maintenance_windows").fetchall() == []
    night = ("--opens", "00:00", "--closes", "06:00")
    assert cli("windows", "add", "night", *night).returncode == 0
    assert cli("windows", "add", "noon", *short).returncode == 0
    answer = cli("windows", "remove", "night")
    assert answer.returncode == 2 and "has no tick within noon" in " ".join(answer.stderr.split())
    assert cli("windows", "remove", "noon").returncode == 0
    assert cli("windows", "remove", "night").returncode == 0


def test_doctor_tells_of_one_that_came_another_way(cli, superuser):
    superuser.execute(ADD + "('noon', '12:00', '13:00', '{1,2,3,4,5,6,7}', '{}')")
    answer = cli("doctor")
    said = " ".join(answer.stdout.split())
    assert answer.returncode == 1 and "has no tick within noon" in said
    # A window may be a step to the right ones: it is refused where it shuts out somebody anew.
    added = cli("windows", "add", "night", "--opens", "00:00", "--closes", "06:00")
    assert added.returncode == 0
    assert "every scheduled task has ticks" in " ".join(cli("doctor").stdout.split())
