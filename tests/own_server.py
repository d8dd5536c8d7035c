"""Fixtures for files whose tests make roles: a server of the file's own, on which nobody else does.

Import both; `database`, `superuser` and `owner` are then on that server.
"""

from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.server import fresh_server


@pytest.fixture(scope="module")
def server_url(tmp_path_factory):
    """The superuser's URL of database postgres."""
    with fresh_server(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(scope="module")
def template(server_url):
    """The name of a migrated database with the empty sample application."""
    with closing(psycopg.connect(server_url, autocommit=True)) as admin:
        admin.execute("create database sample")
    url = database_url(server_url, "sample")
    with closing(psycopg.connect(url, autocommit=True)) as admin:
        create_sample_application(admin)
    install(url)
    return "sample"
