"""A fleet's runs through Celery: killed at random moments all is done, none twice; and canceled."""

from contextlib import closing

import psycopg
import pytest
from dagster import DagsterInstance, DagsterRunStatus

from tests.application import CREATE_OLD_ROWS, SLOW_DELETES
from tests.celery_fleet import ENDS, celery_fleet
from tests.celery_redis import create_run
from tests.dev import eventually
from tests.fleet import ledger

pytestmark = [pytest.mark.full, pytest.mark.any_version]
DATABASES = 20
KILLS = 4
JOB = "cleanup_old_audit_logs"
AT_WORK = """
select from pg_stat_activity where application_name = %s and wait_event = 'PgSleep'
    and datname = current_database()
"""


@pytest.fixture(scope="module")
def fleet(tmp_path_factory, server_url, template):
    folder = tmp_path_factory.mktemp("celery")
    with celery_fleet(folder, server_url, DATABASES, processes=1) as made:
        yield made


def is_at_work(url: str) -> bool:
    with closing(psycopg.connect(url)) as connection:
        return connection.execute(AT_WORK, [f"maint {JOB}"]).fetchone() is not None


def test_killed_at_random_moments_each_database_is_done_once(fleet):
    fleet.round_with_kills(1, KILLS)
    assert fleet.killed.total()
    assert fleet.done() == {1: DATABASES}


def test_canceled_it_leaves_nothing_at_work_in_any_database(fleet):
    names = list(fleet.databases)[:3]
    urls = [fleet.databases[name] for name in names]
    for url in urls:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(CREATE_OLD_ROWS + SLOW_DELETES)
    with DagsterInstance.get() as instance:
        tags = dict(zip(ENDS, (names[0], names[-1]), strict=True))
        run_id = create_run(instance, JOB, **tags).run_id
        eventually(lambda: all(is_at_work(url) for url in urls))
        assert instance.run_launcher.terminate(run_id)
    assert fleet.finished(run_id) is DagsterRunStatus.CANCELED
    assert [ledger(url, JOB)[0][:2] for url in urls] == [("canceled", run_id)] * len(urls)
    assert not any(is_at_work(url) for url in urls)
