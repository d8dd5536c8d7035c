"""What tests of adopting a hosted platform's database share."""

import pytest

from tests.platform import platform_server


@pytest.fixture(scope="session", params=["bypassrls", "no bypassrls"])
def platform(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("platform")
    with platform_server(folder, bypass=request.param == "bypassrls") as running:
        yield running


@pytest.fixture
def maint_home(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MAINT_HOME", str(folder))
    return folder


@pytest.fixture
def url(platform, maint_home) -> str:
    return platform.new_database()
