"""All databases of a registry: their state, and their migration."""

import json
import socket
import threading
import time
from contextlib import closing

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from maint_pipeline.registry.parallel import for_each


@pytest.fixture
def registry_cli(cli, tmp_path):
    """Gives maint with a registry of these entries, by name: a URL, or a whole entry."""

    def make(**entries: str):
        file = tmp_path / "databases.toml"
        texts = {
            name: text if text.startswith("ur") else f"url = {json.dumps(text)}"
            for name, text in entries.items()
        }
        file.write_text(
            "".join(f"[[database]]\nname = '{name}'\n{text}\n" for name, text in texts.items())
        )
        variables = {**cli.variables, "MAINT_DATABASES_FILE": str(file)}
        del variables["MAINT_DATABASE_URL"]
        return type(cli)(variables)

    return make


@pytest.fixture
def deaf_server():
    """A URL of what accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"postgresql://a@127.0.0.1:{listener.getsockname()[1]}/deaf"


def states(answer) -> dict[str, dict]:
    return {row["database"]: row for row in json.loads(answer.stdout)}


def test_the_state_of_each_and_what_does_not_answer_is_never_ok(
    registry_cli, database, new_database, template, deaf_server
):
    busy, late, empty, other = (
        new_database(template), new_database(template), new_database(), new_database(template),
    )  # fmt: skip
    with closing(psycopg.connect(busy, autocommit=True)) as connection:
        connection.execute(
            "insert into public.security_alerts (alert_type, severity, title, fingerprint) "
            "values ('x', 'high', 'X', 'x:1')"
        )
        connection.execute(
            "insert into public.maintenance_task_runs (task_name, status, finished_at) "
            "values ('cleanup_old_audit_logs', 'failed', now())"
        )
    with closing(psycopg.connect(late, autocommit=True)) as connection:
        connection.execute("update maint.installation set installed_at = now() - interval '9 days'")
    with closing(psycopg.connect(other, autocommit=True)) as connection:
        connection.execute("comment on schema maint is 'something else'")
    cli = registry_cli(
        good=database, busy=busy, late=late, empty=empty, other=other, deaf=deaf_server,
        refused="postgresql://a@127.0.0.1:1/x", typo="ur = 'x'",
    )  # fmt: skip
    answer = cli("fleet", "--json", "--timeout", "2")
    assert answer.returncode == 1, answer.stderr
    seen = states(answer)
    assert {name: row["state"] for name, row in seen.items()} == {
        "good": "ok", "busy": "attention", "late": "attention", "empty": "not migrated",
        "other": "other version", "deaf": "unreachable", "refused": "unreachable",
        "typo": "mistake",
    }  # fmt: skip
    assert seen["good"]["open_alerts"] == 0 and seen["good"]["late_tasks"] == []
    assert seen["good"]["bytes"] > 1_000_000 and seen["good"]["version"]
    assert seen["good"]["last_proven_at"] is None
    assert seen["busy"]["open_alerts"] == 1
    assert seen["busy"]["failed_tasks"] == ["cleanup_old_audit_logs"]
    assert "run_automated_security_checks" in seen["late"]["late_tasks"]
    for name in ("empty", "other", "deaf", "refused", "typo"):
        assert seen[name]["open_alerts"] is None and seen[name]["problem"]
    shown = cli("fleet", "--timeout", "2").stdout
    assert "8 entries" in shown and "2 unreachable" in shown


def test_a_fleet_that_is_fine_ends_with_0_and_groups_choose(registry_cli, database, new_database):
    cli = registry_cli(
        one=f"url = '{database}'\ngroups = ['a']", two=f"url = '{new_database()}'\ngroups = ['b']"
    )
    answer = cli("fleet", "--json", "--group", "a")
    assert answer.returncode == 0, answer.stdout
    assert list(states(answer)) == ["one"]
    assert cli("fleet", "--group", "b").returncode == 1
    answer = cli("fleet", "--group", "c")
    assert answer.returncode == 2 and "group c" in answer.stderr


def test_the_time_zone_of_an_entry_counts_for_what_is_late(registry_cli, database):
    cli = registry_cli(one=f"url = '{database}'\nsettings = {{ timezone = 'Asia/Tokyo' }}")
    assert states(cli("fleet", "--json"))["one"]["state"] == "ok"


def figures(text: str) -> dict[tuple, float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_of_all_have_the_database_as_a_label(
    registry_cli, database, new_database, template
):
    busy = new_database(template)
    with closing(psycopg.connect(busy, autocommit=True)) as connection:
        connection.execute(
            "insert into public.security_alerts (alert_type, severity, title, fingerprint) "
            "values ('x', 'high', 'X', 'x:1')"
        )
    entries = {"good": database, "busy": busy, "away": "postgresql://a@127.0.0.1:1/x"}
    cli = registry_cli(**entries, typo="ur = 'x'")
    answer = cli("metrics")
    assert answer.returncode == 0, answer.stderr
    seen = figures(answer.stdout)
    assert seen["maint_open_alerts", "good", "high"] == 0
    assert seen["maint_open_alerts", "busy", "high"] == 1
    # Of what does not answer there is no figure: none is better than a wrong one.
    assert [seen["maint_up", name] for name in entries] == [1, 1, 0]
    assert [key for key in seen if "away" in key] == [("maint_up", "away")]
    assert seen["maint_registry_mistakes",] == 1
    # Each metric is told once, whatever the number of databases.
    assert answer.stdout.count("# TYPE maint_open_alerts ") == 1
    alone = cli("--database", "busy", "metrics")
    assert figures(alone.stdout)["maint_open_alerts", "high"] == 1


def test_few_at_a_time_on_each_server_and_none_longer_than_the_limit():
    working, most = {"a": 0, "b": 0}, {"a": 0, "b": 0}
    lock, never = threading.Lock(), threading.Event()

    def work(item: str) -> str:
        server = item[0]
        with lock:
            working[server] += 1
            most[server] = max(most[server], working[server])
        if item in ("a3", "a4"):
            never.wait()
        time.sleep(0.02)
        with lock:
            working[server] -= 1
        return item.upper()

    items = [f"{server}{number}" for server in "ab" for number in range(10)]
    found = dict(for_each(items, work, server_of=lambda item: item[0], at_once=2, seconds=1))
    never.set()
    assert found == {item: None if item in ("a3", "a4") else item.upper() for item in items}
    assert most["b"] == 2 and most["a"] <= 4  # two of them were given up


@pytest.fixture
def three(new_database):
    """Three databases that were never migrated, one of which can't be."""
    urls = {name: new_database() for name in ("one", "two", "three")}
    with closing(psycopg.connect(urls["two"], autocommit=True)) as connection:
        connection.execute("create schema maint")
    return urls


def test_a_failure_costs_one_database_and_the_exit_code_says_so(registry_cli, three):
    cli = registry_cli(**three, typo="ur = 'x'")
    answer = cli("migrate", "--all", "--json")
    assert answer.returncode == 1
    seen = states(answer)
    assert {name: row["result"] for name, row in seen.items()} == {
        "one": "migrated", "two": "failed", "three": "migrated", "typo": "mistake",
    }  # fmt: skip
    assert seen["one"]["is_canary"] and not seen["three"]["is_canary"]
    assert "maint" in seen["two"]["problem"]
    again = cli("migrate", "--all")
    assert again.returncode == 1
    assert "two" in again.stdout and "2 current" in again.stdout


def test_nothing_else_is_tried_where_a_canary_fails(registry_cli, three):
    cli = registry_cli(
        one=three["one"], two=f"url = '{three['two']}'\ncanary = true", three=three["three"]
    )
    answer = cli("migrate", "--all", "--json")
    assert answer.returncode == 1
    assert [(row["database"], row["result"]) for row in states(answer).values()] == [
        ("two", "failed"), ("one", "not tried"), ("three", "not tried"),
    ]  # fmt: skip
    for name in ("one", "three"):
        with closing(psycopg.connect(three[name])) as connection:
            assert connection.execute("select to_regnamespace('maint')").fetchone() == (None,)
    answer = cli("migrate", "--all", "--canary", "three", "--json")
    assert [(row["database"], row["result"]) for row in states(answer).values()] == [
        ("three", "migrated"), ("one", "migrated"), ("two", "failed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [["--all", "--down"], ["--all", "--plan"], ["--canary", "one"], ["--all", "--canary", "x"]],
)
def test_what_does_not_go_with_all_is_refused(registry_cli, three, options):
    cli = registry_cli(**three)
    assert cli("migrate", *options).returncode == 2
    assert cli("--database", "one", "migrate", "--all").returncode == 2
    with closing(psycopg.connect(three["one"])) as connection:
        assert connection.execute("select to_regnamespace('maint')").fetchone() == (None,)
