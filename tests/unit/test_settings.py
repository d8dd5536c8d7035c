"""What the environment may say."""

from pathlib import Path

import pytest

from maint_pipeline.errors import ConfigurationError
from maint_pipeline.settings import load_settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("MAINT_DATABASE_URL", "MAINT_HOME", "MAINT_TIMEZONE", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_defaults_need_no_environment():
    settings = load_settings()
    assert settings.database_url is None
    assert settings.home == Path.cwd() / ".maint"
    assert settings.timezone == "UTC"


def test_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", "")
    assert load_settings().database_url is None


def test_unknown_time_zone_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("MAINT_TIMEZONE", "Mars/Olympus")
    with pytest.raises(ConfigurationError, match=r"MAINT_TIMEZONE: 'Mars/Olympus'.*Europe/Berlin"):
        load_settings()


def test_password_is_not_shown(monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", "postgresql://me:secret@host/db")
    assert "secret" not in repr(load_settings())
