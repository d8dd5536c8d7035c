"""Runs over a range of databases: one that fails costs only itself, a retry does only that."""

import signal
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest
from dagster import AssetKey, DagsterInstance, DagsterRunStatus

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.instance.partitions import DATABASES, keep_in_step
from maint_pipeline.ops import all_tasks
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.settings import load_settings
from tests.application import CREATE_OLD_ROWS
from tests.dev import eventually
from tests.fleet import LIGHT, TASK, ledger, partitions, run_range, use_registry, write_registry
from tests.smtp import mail_server

BACKUPS = AssetKey("backups")
AUDIT_LOG = AssetKey("audit_log")
RUN = """
import sys
from dagster import DagsterInstance
from tests.fleet import run_range
with DagsterInstance.local_temp(sys.argv[1]) as instance:
    run_range(instance, sys.argv[2], "one", "four")
"""


@pytest.fixture
def dagster():
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def urls(new_database, template):
    return {name: new_database(template) for name in ("one", "two", "three", "four")}


@pytest.fixture
def registry(urls, tmp_path, monkeypatch):
    """A file that names the databases, and what is in Dagster of it."""
    file = tmp_path / "databases.toml"
    write_registry(file, urls)
    return use_registry(monkeypatch, file)


@pytest.fixture
def in_step(registry, dagster):
    keep_in_step(dagster, load_fleet(load_settings()))
    return registry


def broken(url: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("comment on schema maint is 'another version'")


def mended(url: str, good: str) -> None:
    with closing(psycopg.connect(good)) as connection:
        row = connection.execute(
            "select obj_description('maint'::regnamespace, 'pg_namespace')"
        ).fetchone()
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(f"comment on schema maint is '{row[0]}'")


def materialized(dagster: DagsterInstance) -> set[str]:
    return set(dagster.get_materialized_partitions(BACKUPS))


def test_each_database_has_its_partition_its_ledger_and_its_name_there(in_step, dagster, urls):
    result = run_range(dagster, LIGHT, "one", "three")
    assert result.success
    assert materialized(dagster) == {"one", "two", "three"}
    for name in ("one", "two", "three"):
        assert ledger(urls[name], LIGHT) == [("completed", result.run_id, name)]
    assert ledger(urls["four"], LIGHT) == []
    assert dagster.get_run_by_id(result.run_id).tags["maint"] == "3 done"


def test_one_that_fails_costs_only_itself_and_a_retry_does_only_that(in_step, dagster, urls):
    broken(urls["two"])
    first = run_range(dagster, LIGHT, "one", "four")
    assert not first.success
    (failure,) = [e for e in first.all_events if e.is_step_failure]
    message = failure.step_failure_data.error.message
    assert "1 of 4 databases failed. two: " in message and "maint migrate" in message
    assert materialized(dagster) == {"one", "three", "four"}
    mended(urls["two"], urls["one"])
    root = {"dagster/root_run_id": first.run_id, "dagster/parent_run_id": first.run_id}
    second = run_range(dagster, LIGHT, "one", "four", **root, **{"dagster/is_resume_retry": "true"})
    assert second.success
    assert materialized(dagster) == {"one", "two", "three", "four"}
    assert ledger(urls["two"], LIGHT) == [("completed", second.run_id, "two")]
    assert ledger(urls["one"], LIGHT) == [("completed", first.run_id, "one")]
    # Whoever starts the whole run again means all of it.
    third = run_range(dagster, LIGHT, "one", "four", **root)
    assert third.success and len(ledger(urls["one"], LIGHT)) == 2


def test_a_database_that_left_the_registry_fails_by_name(in_step, dagster, urls):
    write_registry(in_step, {name: url for name, url in urls.items() if name != "three"})
    result = run_range(dagster, LIGHT, "one", "four")
    (failure,) = [e for e in result.all_events if e.is_step_failure]
    assert "three: the registry has no such database any more" in (
        failure.step_failure_data.error.message
    )
    assert materialized(dagster) == {"one", "two", "four"}


def test_partitions_follow_the_registry_and_what_is_unclear_stays(in_step, dagster, urls):
    assert partitions(dagster) == ["one", "two", "three", "four"]
    # The entry of three can't be read, and two is gone.
    write_registry(in_step, {"one": urls["one"], "four": urls["four"], "five": urls["one"]})
    in_step.write_text(in_step.read_text() + "[[database]]\nname = 'three'\nur = 'x'\n")
    keep_in_step(dagster, load_fleet(load_settings()))
    assert partitions(dagster) == ["one", "three", "four", "five"]
    # With an entry that has no name at all, nobody knows which is meant.
    write_registry(in_step, {"one": urls["one"]}, "[[database]]\nname = 'x\n")
    keep_in_step(dagster, load_fleet(load_settings()))
    assert partitions(dagster) == ["one", "three", "four", "five"]
    assert DATABASES.name == "databases"


def test_a_dry_run_materializes_nothing(in_step, dagster, urls):
    result = run_range(dagster, "cleanup_old_audit_logs_dry_run", "one", "two")
    assert result.success
    assert not dagster.get_materialized_partitions(AssetKey("audit_log"))
    assert ledger(urls["one"], "cleanup_old_audit_logs") == [("completed", result.run_id, "one")]


def test_a_closed_window_keeps_a_scheduled_run_out_of_one_database(in_step, dagster, urls):
    with closing(psycopg.connect(urls["two"], autocommit=True)) as connection:
        connection.execute(
            "insert into maint.maintenance_windows (name, opens, closes) values ('night', "
            "(now() at time zone 'UTC' + interval '12 hours')::time, "
            "(now() at time zone 'UTC' + interval '13 hours')::time)"
        )
    task = "cleanup_old_audit_logs"
    result = run_range(dagster, task, "one", "two", **{"maint/trigger": "schedule"})
    assert result.success
    assert [row[0] for row in ledger(urls["one"], task)] == ["completed"]
    assert ledger(urls["two"], task) == []
    assert run_range(dagster, task, "one", "two").success  # by hand it runs
    assert [row[0] for row in ledger(urls["two"], task)] == ["completed"]


@pytest.mark.parametrize("task", sorted(all_tasks().keys() - {"update_security_alert"}))
def test_every_task_works_in_a_range(in_step, dagster, urls, task):
    result = run_range(dagster, task, "one", "two")
    assert result.success
    assert len(ledger(urls["one"], task)) == len(ledger(urls["two"], task)) == 1


def test_the_first_database_prunes_dagster_for_all(in_step, dagster, urls):
    run_range(dagster, "prune_dagster_history", "one", "two")
    with closing(psycopg.connect(urls["one"])) as one, closing(psycopg.connect(urls["two"])) as two:
        query = "select details ? 'runs' from public.maintenance_task_runs"
        assert one.execute(query).fetchall() == [(True,)]
        assert two.execute(query).fetchall() == [(False,)]


def results(url: str) -> dict[str, tuple[str, str | None]]:
    with closing(psycopg.connect(url)) as connection:
        rows = connection.execute("select check_name, status, problem from maint.check_results")
        return {name: (status, problem) for name, status, problem in rows.fetchall()}


def alerts(url: str, check: str) -> list[tuple[bool, str | None]]:
    with closing(psycopg.connect(url)) as connection:
        return connection.execute(
            "select resolved, details ->> 'resolved_because' from maint.known_alerts() "
            "where alert_type = %s",
            [check],
        ).fetchall()


def test_one_database_looks_at_the_server_and_the_others_say_so(in_step, dagster, urls):
    of_server = {check.name for check in load_checks() if check.of_server}
    # The test server has fsync off. Two has an alert of it from the days before the registry.
    with closing(psycopg.connect(urls["two"], autocommit=True)) as connection:
        connection.execute("select maint.run_check('durability_off')")
    assert run_range(dagster, TASK, "one", "four").success
    looked = results(urls["one"])
    assert {looked[name][0] for name in of_server & looked.keys()} >= {"findings", "passed"}
    assert alerts(urls["one"], "durability_off") == [(False, None)]
    words = "of the server: looked at in the database one of the registry"
    for name in ("two", "three", "four"):
        left = results(urls[name])
        assert left.keys() == looked.keys()
        for check, result in left.items():
            assert (result == ("not_applicable", words)) == (check in of_server), check
    assert alerts(urls["two"], "durability_off") == [(True, words)]
    assert alerts(urls["three"], "durability_off") == []


def test_the_next_one_looks_at_the_server_where_the_first_does_not(in_step, dagster, urls):
    broken(urls["one"])
    assert not run_range(dagster, TASK, "one", "four").success
    assert alerts(urls["two"], "durability_off") == [(False, None)]
    assert alerts(urls["three"], "durability_off") == []
    # It is relied on only by runs after it has done so; alone, each looks itself.
    mended(urls["one"], urls["two"])
    assert run_range(dagster, TASK, "three", "four").success
    assert "looked at in the database two" in str(results(urls["four"])["durability_off"])


def test_databases_that_share_channels_share_the_weekly_report(
    in_step, dagster, urls, monkeypatch, tmp_path
):
    report = "send_weekly_report"
    write_registry(in_step, {**urls, "away": "postgresql://a@127.0.0.1:1/x"})
    run_range(dagster, LIGHT, "one", "three")
    with closing(psycopg.connect(urls["two"], autocommit=True)) as connection:
        connection.execute(
            "insert into public.security_alerts (alert_type, severity, title, fingerprint) "
            "values ('x', 'high', 'The disk is full', 'x:1')"
        )
    with mail_server() as mailbox, mail_server() as apart:
        monkeypatch.setenv("MAINT_NOTIFY_URLS", mailbox.url())
        (tmp_path / "own").write_text(apart.url())
        own = f"settings = {{ notify_urls = {{ file = '{tmp_path}/own' }} }}"
        text = in_step.read_text().replace("name = 'four'\n", f"name = 'four'\n{own}\n")
        in_step.write_text(text)
        assert run_range(dagster, report, "one", "four").success
    (mail,), (own_mail,) = mailbox.mails, apart.mails
    assert mail["subject"].startswith("[4 databases] ")
    assert "1 open alert, 1 database without answer" in mail["subject"]
    text = mail.get_body(("plain",)).get_content()
    for name in ("one", "three"):
        assert f"  {name}: 1 completed, 0 failed, 0 rows deleted, 0 open alerts" in text
    assert "high: two: The disk is full" in text and "away: did not answer: " in text
    assert "verify_backup_health: 3 completed" in text and "four" not in text
    assert own_mail["subject"].startswith("[1 database] ")
    assert [ledger(url, report)[0][0] for url in urls.values()] == [
        "completed", "skipped", "skipped", "completed",
    ]  # fmt: skip


SLOW = """
create function public.dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(600); return old; end $$;
create trigger dawdle before delete on public.audit_logs
    for each row execute function public.dawdle();
"""


def asleep(url: str) -> bool:
    with closing(psycopg.connect(url)) as connection:
        return connection.execute(
            "select exists (select from pg_stat_activity where datname = current_database() "
            "and wait_event = 'PgSleep')"
        ).fetchone()[0]


def test_a_canceled_range_ends_its_statements_and_keeps_what_is_done(in_step, urls, tmp_path):
    task = "cleanup_old_audit_logs"
    for name, url in urls.items():
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(CREATE_OLD_ROWS)
            if name in ("two", "four"):
                connection.execute(SLOW)
    (tmp_path / "dagster").mkdir()
    with DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        keep_in_step(instance, load_fleet(load_settings()))
        process = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path / "dagster"), task])
        done = {"one", "three"}
        eventually(lambda: set(instance.get_materialized_partitions(AUDIT_LOG)) == done, seconds=90)
        eventually(lambda: asleep(urls["two"]) and asleep(urls["four"]))
        # As Dagster's launcher ends a run that somebody cancels.
        instance.report_run_canceling(instance.get_runs()[0])
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) is not None
        assert not asleep(urls["two"]) and not asleep(urls["four"])
        (run,) = instance.get_runs()
        assert run.status is DagsterRunStatus.CANCELED
        assert set(instance.get_materialized_partitions(AUDIT_LOG)) == done
    found = {name: [row[0] for row in ledger(url, task)] for name, url in urls.items()}
    assert found == {
        "one": ["completed"], "two": ["canceled"], "three": ["completed"], "four": ["canceled"],
    }  # fmt: skip
