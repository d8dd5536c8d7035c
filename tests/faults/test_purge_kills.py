"""A purge killed at random moments: nothing is lost, nothing young goes, the next run goes on."""

from random import Random
from time import sleep

import pytest

from maint_pipeline.retention.archive import Archive
from tests.application import CREATE_PROFILE, OLD, count
from tests.dev import eventually

TASK = "cleanup_old_audit_logs"
ROWS = 100_000


@pytest.fixture
def logs(superuser):
    """100,000 audit logs, expired and young ones in turns all over the table."""
    superuser.execute(CREATE_PROFILE)
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'invoice', 'read', (select id from public.profiles), "
        "now() - case when i %% 2 = 0 then interval '200 days' else interval '1 day' end, i::text "
        "from generate_series(1, %s) as i",
        [ROWS],
    )


def kill_process(_superuser, process) -> None:
    process.kill()


def kill_backend(superuser, _process) -> None:
    superuser.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where application_name = %s and datname = current_database()",
        [f"maint {TASK}"],
    )


KILLS = pytest.mark.parametrize(
    "kill", [kill_process, pytest.param(kill_backend, marks=pytest.mark.full)]
)


def killed_thrice(cli, superuser, kill, duty_percent: int, longest: float) -> list[int]:
    """Start a purge and kill it at a random moment, three times; tell what was left each time."""
    random = Random(4711)
    left = [count(superuser, OLD)]
    for number in range(1, 4):
        process = cli.start("run", TASK, "--set", f"duty_percent={duty_percent}")
        eventually(lambda wanted=number: runs(superuser) == wanted)
        sleep(random.uniform(0.1, longest))
        if number == 3:  # on a busy machine it may not have come to anything before
            eventually(lambda: count(superuser, OLD) < left[0])
        kill(superuser, process)
        process.communicate(timeout=180)
        eventually(lambda: not sessions(superuser))
        left.append(count(superuser, OLD))
        assert count(superuser, f"not ({OLD})") == ROWS / 2
    assert left == sorted(left, reverse=True)
    return left


def finish(cli, superuser) -> int:
    """Run once more, to the end; tell how many rows that deleted."""
    (row,) = cli.json("run", TASK, "--set", "duty_percent=100")
    assert count(superuser, OLD) == 0 and count(superuser, "true") == ROWS / 2
    statuses = superuser.execute(
        "select status from public.maintenance_task_runs order by started_at"
    ).fetchall()
    assert [s["status"] for s in statuses] == ["failed"] * 3 + ["completed"]
    return row["details"]["deleted_count"]


@KILLS
def test_killed_again_and_again(cli, superuser, logs, kill):
    # Each batch is about 2 ms of work and 0.2 s of pause: somewhere in there.
    superuser.execute("update maint.retention_policies set batch_target = '2 ms'")
    left = killed_thrice(cli, superuser, kill, 1, 2)
    assert 0 < left[-1] < left[0]
    assert finish(cli, superuser) == left[-1]


@pytest.mark.full
@KILLS
def test_no_row_goes_without_being_in_the_archive(cli, home, superuser, logs, kill):
    superuser.execute("update maint.retention_policies set action = 'archive'")
    superuser.execute(
        f"create table public.expired as select id::text from public.audit_logs where {OLD}"
    )
    left = killed_thrice(cli, superuser, kill, 5, 1)
    gone = superuser.execute(
        "select id from public.expired except select id::text from public.audit_logs"
    ).fetchall()
    assert len(gone) == ROWS / 2 - left[-1]
    assert {row["id"] for row in gone} <= archived(home / "archive")
    finish(cli, superuser)
    assert len(archived(home / "archive")) == ROWS / 2


def archived(folder) -> set[str]:
    """The ids of all archived rows."""
    archive = Archive(str(folder))
    return {
        line.partition(",")[0]
        for manifest in archive.manifests()
        for line in b"".join(archive.read(manifest)).decode().splitlines()[1:]
    }


def runs(connection) -> int:
    query = "select count(*) as n from public.maintenance_task_runs"
    return connection.execute(query).fetchone()["n"]


def sessions(connection) -> list[dict]:
    return connection.execute(
        "select pid from pg_stat_activity where application_name = %s "
        "and datname = current_database()",
        [f"maint {TASK}"],
    ).fetchall()
