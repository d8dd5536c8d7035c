"""Secrets in files: NAME_FILE beside each variable NAME that holds one."""

import os
import re
from pathlib import Path

import pytest

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.doctor.secrets import examine_secrets
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.instance.home import STORAGE_VARIABLE, dagster_environment
from maint_pipeline.settings import SECRET_FIELDS, chosen, load_settings

URL = "postgresql://me:s3cr3t@host/db"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name.startswith(("MAINT_", "DAGSTER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MAINT_HOME", str(tmp_path / "home"))


@pytest.fixture
def given(monkeypatch, tmp_path):
    """Puts a secret into a file, and names that."""

    def give(name: str, content: bytes | str, mode: int = 0o400) -> Path:
        file = tmp_path / name.lower()
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        file.chmod(mode)
        monkeypatch.setenv(f"{name}_FILE", str(file))
        return file

    return give


def problem() -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert "s3cr3t" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("name", SECRET_FIELDS)
def test_each_secret_can_be_in_a_file(given, name):
    value = "https://s3cr3t.example" if name == "watchdog_url" else URL
    file = given(SECRET_FIELDS[name], value + "\n")
    settings = load_settings()
    found = getattr(settings, name)
    assert (found if isinstance(found, str) else found.get_secret_value()) == value
    assert settings.secret_files == {name: file}


def test_the_variables_of_the_contract_have_files():
    words = "database_url admin_database_url owner_database_url dagster_database_url notify_urls"
    words += " celery_broker_url watchdog_url archive_url restore_source"
    assert set(SECRET_FIELDS) == set(words.split())


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_the_end_of_the_line_does_not_count(given, end):
    given("MAINT_DATABASE_URL", b"\xef\xbb\xbf" + URL.encode() + end.encode())
    assert load_settings().database_url.get_secret_value() == URL


def test_several_channels_may_be_on_several_lines(given):
    given("MAINT_NOTIFY_URLS", "ops=json://a.example\nother=json://b.example\n")
    assert "\n" in load_settings().notify_urls.get_secret_value()


def test_a_variable_and_its_file_are_a_contradiction(given, monkeypatch):
    given("MAINT_DATABASE_URL", URL)
    monkeypatch.setenv("MAINT_DATABASE_URL", "postgresql://me:s3cr3t@other/db")
    assert "MAINT_DATABASE_URL and MAINT_DATABASE_URL_FILE are both set" in problem()
    monkeypatch.setenv("MAINT_DATABASE_URL", "")
    assert load_settings().database_url.get_secret_value() == URL


def test_what_can_not_be_read_is_named(given, monkeypatch, tmp_path):
    name = "MAINT_DAGSTER_DATABASE_URL_FILE"
    for path, words in (
        (tmp_path / "none", "No such file"),
        (tmp_path, "Is a directory"),
        (Path("relative"), "is not an absolute path"),
    ):
        monkeypatch.setenv(name, str(path))
        assert problem().startswith(f"{name}: {path}") and words in problem()


def test_a_pipe_is_no_file_and_nobody_waits_for_it(monkeypatch, tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    monkeypatch.setenv("MAINT_NOTIFY_URLS_FILE", str(tmp_path / "pipe"))
    assert "is not a file" in problem()


@pytest.mark.parametrize("mode", [0o404, 0o444, 0o644, 0o420, 0o602, 0o777])
def test_a_file_that_is_open_to_others_is_refused(given, mode):
    given("MAINT_DATABASE_URL", URL, mode)
    assert f"mode {mode:04o}" in problem() and "chmod 0400" in problem()


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o440, 0o640])
def test_owner_and_group_may_read_it(given, mode):
    given("MAINT_DATABASE_URL", URL, mode)
    assert load_settings().database_url


def test_a_link_counts_as_what_it_leads_to(given, monkeypatch, tmp_path):
    """As Kubernetes has them: a link to a link, whose target is exchanged at once."""
    (tmp_path / "..data").symlink_to(tmp_path)
    file = given("MAINT_DATABASE_URL", URL)
    (tmp_path / "link").symlink_to(tmp_path / "..data" / file.name)
    monkeypatch.setenv("MAINT_DATABASE_URL_FILE", str(tmp_path / "link"))
    assert load_settings().database_url.get_secret_value() == URL
    file.chmod(0o444)
    assert "open to others" in problem()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b" \n", b"\xff\xfe", b"s3cr3t\0", b"s3cr3t" * 20_000], ids=repr
)
def test_what_is_no_secret_is_refused(given, content):
    given("MAINT_DATABASE_URL", content)
    assert problem().startswith("MAINT_DATABASE_URL_FILE: ")


def test_a_value_that_can_not_be_used_is_said_of_the_file(given):
    given("MAINT_WATCHDOG_URL", "ftp://s3cr3t")
    assert problem().startswith("MAINT_WATCHDOG_URL_FILE: the watchdog's URL")


def test_a_secret_that_was_exchanged_counts_at_once(given):
    given("MAINT_DATABASE_URL", URL)
    assert load_settings().database_url.get_secret_value() == URL
    (file,) = load_settings().secret_files.values()
    file.unlink()
    given("MAINT_DATABASE_URL", "postgresql://other")
    assert load_settings().database_url.get_secret_value() == "postgresql://other"


def environment_of(settings) -> dict[str, str]:
    urls = ApplicationUrls(URL.replace("me", "admin"), URL, None)
    return dagster_environment(settings, application=urls, storage_url=URL)


def test_children_get_the_file_and_not_the_secret(given):
    files = [given(f"MAINT_{x}", URL) for x in ("DATABASE_URL", "DAGSTER_DATABASE_URL")]
    settings = load_settings()
    assert "s3cr3t" not in str(settings.variables) and "s3cr3t" not in repr(settings)
    assert settings.variables["MAINT_DATABASE_URL_FILE"] == str(files[0])
    assert "s3cr3t" not in str(environment_of(settings))
    text = (settings.home / "dagster/dagster.yaml").read_text()
    assert str(files[1]) in text and "s3cr3t" not in text


def test_a_dagster_yaml_of_ones_own_gets_the_variable_that_it_names(given):
    given("MAINT_DAGSTER_DATABASE_URL", URL)
    home = load_settings().home / "dagster"
    home.mkdir(parents=True)
    (home / "dagster.yaml").write_text("storage: {postgres: {postgres_url: {env: X}}}")
    assert STORAGE_VARIABLE not in environment_of(load_settings())
    (home / "dagster.yaml").write_text(f"storage: {{postgres: {{env: {STORAGE_VARIABLE}}}}}")
    assert STORAGE_VARIABLE in environment_of(load_settings())


def test_a_database_of_the_registry_wins_over_the_file(given, monkeypatch):
    """What --database does: the children of this process must not find the file's database."""
    given("MAINT_DATABASE_URL", URL)
    given("MAINT_ADMIN_DATABASE_URL", URL)
    values = {"database_url": "postgresql://chosen", "admin_database_url": None}
    with chosen({**values, "owner_database_url": None}):
        settings = load_settings()
        assert settings.secret_files == {}
        assert settings.variables["MAINT_DATABASE_URL"] == "postgresql://chosen"
        urls = ApplicationUrls("postgresql://chosen", "postgresql://chosen", None)
        for name, value in dagster_environment(settings, application=urls, storage_url=URL).items():
            monkeypatch.setenv(name, value)
    again = load_settings()
    assert again.database_url.get_secret_value() == "postgresql://chosen"
    assert again.admin_database_url.get_secret_value() == "postgresql://chosen"


def test_the_doctor_says_which_are_in_files(given, monkeypatch):
    assert list(examine_secrets(load_settings())) == []
    file = given("MAINT_DATABASE_URL", URL)
    monkeypatch.setenv("MAINT_NOTIFY_URLS", "json://s3cr3t")
    (found,) = examine_secrets(load_settings())
    assert found.ok and found.finding == (
        f"from files: MAINT_DATABASE_URL ({file}); from the environment: MAINT_NOTIFY_URLS"
    )


def test_the_reference_names_the_files():
    text = (Path(__file__).parents[2] / "docs/reference.md").read_text()
    named = set(re.findall(r"`, `(MAINT_\w+)_FILE` \|", text))
    assert named == set(SECRET_FIELDS.values())
