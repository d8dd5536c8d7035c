"""The registry of a fleet: which databases it means, what a mistake costs, and --database NAME."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.database.urls import parse
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.registry.loading import find_database, load_fleet
from maint_pipeline.registry.reading import read_registry
from maint_pipeline.settings import chosen, load_settings

SECRET = "s3cret-Pass"


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """Writes the registry, which MAINT_DATABASES_FILE names."""
    file = tmp_path / "databases.toml"
    monkeypatch.setenv("MAINT_DATABASES_FILE", str(file))

    def write(text: str) -> Path:
        file.write_text(text, encoding="utf-8")
        return file

    return write


def entry(name: str, url: str, more: str = "") -> str:
    return f'[[database]]\nname = "{name}"\nurl = "{url}"\n{more}\n'


ONE = entry("one", "postgresql://app@127.0.0.1:1/one")


def test_each_mistake_costs_its_own_entry_only_and_no_secret_is_repeated(registry):
    wrong = {
        "typo": entry("typo", "postgresql://a@h/d", 'pasword = { env = "X" }'),
        "open": entry("open", f"postgresql://a:{SECRET}@h/d"),
        "query": entry("query", f"postgresql://a@h/d?password={SECRET}"),
        "nourl": entry("nourl", f"mysql:{SECRET}"),
        "plain": entry("plain", "postgresql://a@h/d", f'password = "{SECRET}"'),
        "both": entry("both", "postgresql://a@h/d", 'password = { env = "X", file = "/x" }'),
        "zone": entry("zone", "postgresql://a@h/d", f'settings = {{ timezone = "{SECRET}" }}'),
        "inline": entry(
            "inline", "postgresql://a@h/d", f'settings = {{ notify_urls = "{SECRET}"}}'
        ),
        "line 25": f'[[database]]\nname = "broken\nurl = "postgresql://a:{SECRET}@h/d"\n',
        "line 29": ONE,  # the second of its name
        "line 33": f'[[databse]]\nname = "{SECRET}"\n',
    }
    file = registry("".join((ONE, *wrong.values(), entry("last", "postgresql://a@h/last"))))
    found = read_registry(file)
    assert [each.name for each in found.databases] == ["one", "last"]
    lines = {each.entry for each in found.mistakes if each.entry.startswith("line ")}
    assert len(lines) == 3
    named = {each.entry for each in found.mistakes} - lines
    assert named == {name for name in wrong if not name.startswith("line ")}
    assert SECRET not in repr(found)


def test_the_file_is_read_again(registry):
    registry(ONE)
    assert [each.name for each in load_fleet(load_settings()).databases] == ["one"]
    registry(ONE + entry("two", "postgresql://a@h/two"))
    assert [each.name for each in load_fleet(load_settings()).databases] == ["one", "two"]


def test_secrets_are_read_when_needed_and_never_shown(registry, tmp_path, monkeypatch):
    secret = tmp_path / "password"
    registry(
        entry("one", "postgresql://app@h/one", f'password = {{ file = "{secret}" }}')
        + '[[database]]\nname = "two"\nurl = { env = "URL_OF_TWO" }\n'
    )
    one = find_database(load_settings(), "one")
    with pytest.raises(ConfigurationError, match=r"one.*password.*No such file"):
        one.urls()
    with pytest.raises(ConfigurationError, match=r"two.*URL_OF_TWO.*not set"):
        find_database(load_settings(), "two").urls()
    secret.write_text(f"{SECRET}\n")
    assert parse(one.urls().administrator)["password"] == SECRET
    monkeypatch.setenv("URL_OF_TWO", f"postgresql://app:{SECRET}@h/two")
    two = find_database(load_settings(), "two")
    assert parse(two.urls().administrator)["password"] == SECRET
    shown = repr((one, two, one.values(load_settings()), two.values(load_settings())))
    assert SECRET not in shown
    monkeypatch.setenv("URL_OF_TWO", f"nonsense {SECRET}")
    with pytest.raises(ConfigurationError) as error:
        two.urls()
    assert SECRET not in str(error.value)


def test_nothing_of_another_database_comes_from_the_environment(registry, monkeypatch):
    for name in ("DATABASE_URL", "ADMIN_DATABASE_URL", "OWNER_DATABASE_URL"):
        monkeypatch.setenv(f"MAINT_{name}", "postgresql://other@elsewhere/other")
    monkeypatch.setenv("MAINT_RESTORE_SOURCE", "/backups/other")
    monkeypatch.setenv("MAINT_ARCHIVE_URL", "s3://archive/")
    more = 'settings = { timezone = "Europe/Berlin", notify_min_severity = "high" }'
    registry(entry("one", "postgresql://app@h/one", more))
    with chosen(find_database(load_settings(), "one").values(load_settings())):
        settings = load_settings()
    assert settings.database_url.get_secret_value() == "postgresql://app@h/one"
    assert settings.admin_database_url is None and settings.owner_database_url is None
    assert settings.restore_source is None
    assert settings.archive == "s3://archive/one"
    assert (settings.timezone, settings.notify_min_severity) == ("Europe/Berlin", "high")
    assert load_settings().timezone == "UTC"


def discovery(server_url: str, include: str, name: str = "here", more: str = "") -> str:
    return f"[[discover]]\nname = '{name}'\nurl = '{server_url}'\ninclude = '{include}'\n{more}\n"


def test_databases_are_discovered_and_a_server_out_of_reach_costs_only_its_own(
    registry, new_database, server_url
):
    url = new_database()
    name = parse(url)["dbname"]
    registry(
        discovery(server_url, f"^{name}$", more="groups = ['g']")
        + discovery("postgresql://a@127.0.0.1:1/postgres", ".", "away")
        + discovery(server_url, "(", "wrong")
        + ONE
    )
    fleet = load_fleet(load_settings())
    assert sorted(each.name for each in fleet.databases) == [f"here/{name}", "one"]
    assert [each.entry for each in fleet.mistakes] == ["away", "wrong"]
    assert [each.name for each in fleet.in_groups(["g"]).databases] == [f"here/{name}"]
    with pytest.raises(ConfigurationError, match="group nobody"):
        fleet.in_groups(["nobody"])
    found = find_database(load_settings(), f"here/{name}")
    with closing(psycopg.connect(found.urls().administrator)) as connection:
        assert connection.info.dbname == name


@pytest.fixture
def fleet_cli(cli, database, tmp_path, new_database, template):
    """maint with a registry of two migrated databases and a mistake, and no database of its own."""
    two = new_database(template)
    file = tmp_path / "databases.toml"
    file.write_text(
        f"[[database]]\nname = 'one'\nurl = '{database}'\n"
        f"[[database]]\nname = 'two'\nurl = '{two}'\n"
        "[[database]]\nname = 'three'\n"
    )
    variables = {**cli.variables, "MAINT_DATABASES_FILE": str(file)}
    del variables["MAINT_DATABASE_URL"]
    return type(cli)(variables)


def test_commands_work_on_the_named_database(fleet_cli, database):
    ran = fleet_cli("--database", "two", "run", "cleanup_old_audit_logs")
    assert ran.returncode == 0, ran.stderr
    assert len(fleet_cli.json("--database", "two", "history")) == 1
    assert fleet_cli.json("--database", "one", "history") == []
    answer = fleet_cli("--database", "one", "psql", "-Atc", "select current_database()")
    assert answer.returncode == 0, answer.stderr


def test_every_command_that_talks_to_a_database_takes_the_name(fleet_cli):
    for command in (
        ["alerts"], ["checks"], ["policies"], ["windows"], ["changes"], ["baseline"], ["exposure"],
        ["notifications"], ["notifications", "channels"], ["report"], ["sources", "suggest"],
        ["policies", "suggest"],
    ):  # fmt: skip
        answer = fleet_cli("--database", "one", *command, "--json")
        assert answer.returncode == 0, (command, answer.stderr)
    for command in (
        ["metrics"],
        ["migrate"],
        ["migrate", "--plan"],
        ["migrate", "--print-worker-url"],
    ):
        answer = fleet_cli("--database", "one", *command)
        assert answer.returncode == 0, (command, answer.stderr)


def test_an_unknown_name_lists_the_known_ones(fleet_cli):
    answer = fleet_cli("--database", "nobody", "history")
    assert answer.returncode == 2
    assert "nobody" in answer.stderr and "one, two" in answer.stderr
    answer = fleet_cli("--database", "three", "history")
    assert answer.returncode == 2 and "three can't be used: url: Field required" in answer.stderr
    answer = fleet_cli("history")
    assert answer.returncode == 2 and "maint --database NAME" in answer.stderr


def test_without_a_registry_the_name_says_what_to_set(cli):
    answer = cli("--database", "one", "history")
    assert answer.returncode == 2 and "MAINT_DATABASES_FILE is not set" in answer.stderr


@pytest.mark.parametrize("command", ["dev", "serve", "daemon", "env"])
def test_what_starts_dagster_is_refused_with_a_name(fleet_cli, command):
    answer = fleet_cli("--database", "one", command)
    assert answer.returncode == 2 and f"maint {command} can't" in answer.stderr


def test_doctor_says_what_is_wrong_in_the_registry(fleet_cli):
    answer = fleet_cli("doctor")
    assert answer.returncode == 1
    assert "wrong registry: three: url: Field required" in answer.stdout
    assert "not examined: none was named" in answer.stdout
    file = Path(fleet_cli.variables["MAINT_DATABASES_FILE"])
    file.write_text(file.read_text().rpartition("[[database]]")[0])
    answer = fleet_cli("--database", "one", "doctor")
    assert "ok    registry: 2 databases" in answer.stdout
    assert "ok    connection" in answer.stdout


def test_without_a_registry_doctor_does_not_speak_of_one(cli):
    assert "registry" not in cli("doctor").stdout
