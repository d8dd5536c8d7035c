"""Dagster's web servers behind the front of deploy/nginx, for the files that test it."""

import json
import os

import pytest

from maint_pipeline.database.keeper import stop_keeping
from tests.attacks import runs
from tests.containers import need_bubblewrap
from tests.dev import DagsterUi, eventually, free_port, maint
from tests.front import NGINX, front
from tests.image import built_image
from tests.shells import is_loaded, shells

ASSETS = "{ assetRecordsOrError { ... on AssetRecordConnection { assets { key { path } } } } }"


@pytest.fixture(scope="session")
def bare_ports(tmp_path_factory):
    """Ports of two bare web servers of Dagster on one storage: the second is read-only."""
    home = tmp_path_factory.mktemp("front") / "home"
    assert maint(home, "env").returncode == 0  # fills the embedded database, once
    ports = [free_port(), free_port()]
    command = "dagster-webserver -w workspace.yaml -p"
    try:
        with shells(
            home, f"{command} {ports[0]}", f"{command} {ports[1]} --read-only",
            MAINT_USER_HEADER="X-Forwarded-User",
        ):  # fmt: skip
            for port in ports:
                ui = DagsterUi(f"http://127.0.0.1:{port}")
                eventually(lambda ui=ui: is_loaded(ui), seconds=240)
            yield ports
    finally:
        stop_keeping(home)


@pytest.fixture(scope="session")
def bare_ui(bare_ports):
    """The web server past the front, which shows what happened."""
    return DagsterUi(f"http://127.0.0.1:{bare_ports[0]}")


@pytest.fixture(scope="session")
def fronted(bare_ports, tmp_path_factory):
    with front(tmp_path_factory.mktemp("nginx"), *bare_ports) as running:
        yield running


@pytest.fixture(scope="session")
def image(tmp_path_factory):
    """The image of deploy/image, built once for all processes of this run."""
    need_bubblewrap()
    if NGINX is None:
        assert not os.environ.get("MAINT_TEST_REQUIRE_ALL"), "nginx is not installed"
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.getbasetemp()
    return built_image(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture
def nothing_happens(bare_ui):
    """No run is launched, no event of an asset is recorded."""
    before = runs(bare_ui)
    yield
    assert runs(bare_ui) == before
    assert "forged" not in json.dumps(bare_ui.graphql(ASSETS))
