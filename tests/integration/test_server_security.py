"""What the checks see of how a server was made and started: checksums, TLS."""

import os
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import install, open_server_views
from maint_pipeline.sample import create_sample_application
from tests.dev import eventually
from tests.server import fresh_server, restartable_server
from tests.smtp import self_signed


@pytest.fixture
def server(tmp_path):
    # Loopback too, and nobody calls it so.
    address = f"127.{os.getpid() % 200 + 1}.0.2"
    # Servers have checksums by default from PostgreSQL 18 on, and know no option against it before.
    options = f"-c listen_addresses={address}"
    without = () if "MAINT_TEST_BIN_DIR" in os.environ else ("--no-data-checksums",)
    with restartable_server(tmp_path, options, without) as server:
        with closing(psycopg.connect(server.url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(server.url)
        yield server


def findings(server, check: str) -> list[dict]:
    with closing(connect(server.url, application_name="test")) as owner:
        return owner.execute(f"select object, detail from maint.check_{check}()").fetchall()


def test_pages_without_checksums(server):
    assert [row["object"] for row in findings(server, "data_checksums_off")] == ["data_checksums"]
    server.run("pg_ctl", "-m", "fast", "stop")
    server.run("pg_checksums", "--enable")
    server.start()
    assert findings(server, "data_checksums_off") == []


def test_a_server_on_the_network_without_tls(server, tmp_path):
    (found,) = findings(server, "ssl_off")
    assert found["object"] == "ssl" and "listens on 127." in found["detail"]
    pem = self_signed(tmp_path).read_bytes()
    for file in (server.data / "server.key", server.data / "server.crt"):
        file.write_bytes(pem)
        os.chown(file, server.data.stat().st_uid, server.data.stat().st_gid)
        file.chmod(0o600)
    with closing(psycopg.connect(server.url, autocommit=True)) as admin:
        try:
            admin.execute("alter system set ssl = on")
        except psycopg.errors.InvalidParameterValue:
            # The embedded server is built without TLS; Debian's goes on.
            assert "MAINT_TEST_BIN_DIR" not in os.environ
            return
        admin.execute("select pg_reload_conf()")
    eventually(lambda: findings(server, "ssl_off") == [])


def test_the_views_of_the_server_can_be_opened(tmp_path_factory):
    """On every version: `inherit` is no syntax before PostgreSQL 16."""
    with fresh_server(tmp_path_factory.mktemp("views")) as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            create_sample_application(admin)
        install(url)
        open_server_views(url)
        open_server_views(url)
        with closing(connect(url, application_name="test")) as owner:
            rows = owner.execute("select count(*) as n from pg_hba_file_rules").fetchone()
            assert rows["n"] > 0
            assert owner.execute("show hba_file").fetchone()["hba_file"]
