"""What tests of adopting share: a hosted platform, an application of other names."""

from contextlib import closing
from uuid import uuid4

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from tests.other_names import APPLICATION, map_all
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


@pytest.fixture(scope="module")
def other_template(server_url):
    """Name of a database with an application of other names, migrated and not mapped."""
    name = f"other_{uuid4().hex}"
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(f"create database {name}")
        url = database_url(server_url, name)
        with closing(psycopg.connect(url, autocommit=True)) as application:
            application.execute(APPLICATION)
        install(url)
        yield name
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def other(new_database, other_template):
    """URL of a clone of it."""
    return new_database(other_template)


@pytest.fixture
def others(other):
    """A superuser's connection to it."""
    with closing(psycopg.connect(other, autocommit=True)) as connection:
        yield connection


@pytest.fixture
def worker(other):
    """A connection to it as maint_owner."""
    with closing(connect(other, application_name="test")) as connection:
        yield connection


@pytest.fixture
def mapped(others, worker):
    """The same, once all parts are mapped."""
    map_all(others, worker)
    return worker
