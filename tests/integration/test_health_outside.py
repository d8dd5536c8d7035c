"""Health beyond plain planting: broken pages, the certificate, replicas that commits wait for."""

import os
import socket
import ssl
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread

import psycopg
import pytest

from maint_pipeline.checks.run import run_check
from maint_pipeline.database.connection import connect
from maint_pipeline.health.certificate import CertificateError, certificate_end, end_of
from maint_pipeline.health.views import look_from_outside
from maint_pipeline.installation.install import install, open_server_views
from maint_pipeline.sample import create_sample_application
from maint_pipeline.sensors.health import watch_health
from tests.dev import eventually
from tests.server import fresh_server, restartable_server
from tests.smtp import self_signed

WITH_CHECKSUMS = ("--data-checksums",) if "MAINT_TEST_BIN_DIR" in os.environ else ()


@contextmanager
def tls_server(folder, *, speaks_tls: bool = True):
    """Answer one request for TLS as a PostgreSQL server does; give the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(folder))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as client:
                assert client.recv(8)[4:] == (80877103).to_bytes(4)
                client.sendall(b"S" if speaks_tls else b"N")
                if speaks_tls:
                    context.wrap_socket(client, server_side=True).close()

        thread = Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def test_when_the_certificate_ends_is_read_as_a_client(tmp_path, superuser, owner):
    with tls_server(tmp_path) as port:
        ends_at = certificate_end("127.0.0.1", port)
    now = datetime.now(UTC)
    assert now + timedelta(days=1) < ends_at < now + timedelta(days=40)
    superuser.execute(
        "insert into maint.health_views (kind, figures) "
        "values ('certificate', jsonb_build_object('ends_at', %s::timestamptz))",
        [ends_at],
    )
    superuser.execute(
        "update maint.check_thresholds set value = '60 days' where check_name = %s",
        ["certificate_expiring"],
    )
    (found,) = run_check(owner, "certificate_expiring")["sample"]
    assert found["severity"] == "high" and f"{ends_at:%Y-%m-%d %H:%M}" in found["detail"]
    superuser.execute("""update maint.health_views set figures = '{"ends_at": "2020-01-01"}'""")
    (found,) = run_check(owner, "certificate_expiring")["sample"]
    assert found["severity"] == "critical" and "has expired" in found["detail"]


def test_a_server_without_tls_or_without_sense_is_told(tmp_path):
    with tls_server(tmp_path, speaks_tls=False) as port:
        with pytest.raises(CertificateError, match="speaks no TLS"):
            certificate_end("127.0.0.1", port)
    with pytest.raises(CertificateError, match="can't be asked for"):
        certificate_end("127.0.0.1", port)
    for nonsense in (b"", b"0", b"0\x82\xff\xff0", bytes(range(256))):
        with pytest.raises(CertificateError, match="can't be read"):
            end_of(nonsense)


@pytest.mark.full
def test_a_page_that_changed_by_itself(tmp_path):
    with restartable_server(tmp_path, "", WITH_CHECKSUMS) as server:
        with closing(psycopg.connect(server.url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(server.url)
            admin.execute("create table public.broken as select 1 as n")
            admin.execute("checkpoint")
            path = admin.execute("select pg_relation_filepath('public.broken')").fetchone()[0]
        server.restart()
        with (server.data / path).open("r+b") as file:
            file.seek(8000)
            file.write(b"something else")
        with closing(connect(server.url, application_name="test")) as owner:
            assert run_check(owner, "checksum_failures")["status"] == "passed"
            with closing(psycopg.connect(server.url, autocommit=True)) as admin:
                with pytest.raises(psycopg.errors.DataCorrupted):
                    admin.execute("select * from public.broken")

            def is_seen() -> bool:
                found = run_check(owner, "checksum_failures")["sample"]
                return [each["object"] for each in found] == ["postgres"]

            eventually(is_seen, 20)
        with closing(psycopg.connect(server.url, autocommit=True)) as admin:
            admin.execute("select pg_stat_reset()")
            with closing(connect(server.url, application_name="test")) as owner:
                assert run_check(owner, "checksum_failures")["status"] == "passed"


def test_a_look_does_not_wait_for_the_replica_that_commits_wait_for(tmp_path):
    with fresh_server(tmp_path) as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(url)
            open_server_views(url)
            with closing(connect(url, application_name="test")) as owner:
                owner.execute("set statement_timeout = '20s'")
                watch_health(owner)
                admin.execute("truncate maint.health_samples")
                admin.execute("alter system set synchronous_standby_names = 'ANY 2 (nobody, none)'")
                admin.execute("select pg_reload_conf()")
                names = "show synchronous_standby_names"
                eventually(lambda: "nobody" in owner.execute(names).fetchone().popitem()[1], 10)
                assert watch_health(owner) == "Alerts of health: 1 created."
                alert = owner.execute(
                    "select severity, description from maint.known_alerts() "
                    "where alert_type = 'synchronous_replica_missing'"
                ).fetchone()
                assert alert["severity"] == "critical" and "need 2 of" in alert["description"]
                run = owner.execute(
                    "select status, trigger, details from public.maintenance_task_runs "
                    "order by started_at desc limit 1"
                ).fetchone()
                assert (run["status"], run["trigger"]) == ("completed", "sensor")
                assert run["details"]["alerts_created"] == 1
            admin.execute("alter system reset synchronous_standby_names")
            admin.execute("select pg_reload_conf()")


def test_between_the_runs_only_changes_are_recorded(superuser, owner):
    def look() -> None:
        superuser.execute(
            "update maint.health_samples set taken_at = taken_at - interval '10 minutes'"
        )
        look_from_outside(owner)
        assert owner.execute("select maint.watch_health('1 minute') as c").fetchone()["c"]

    def runs() -> int:
        counted = owner.execute("select count(*) as n from public.maintenance_task_runs")
        return counted.fetchone()["n"]

    def limit(newest: str | None) -> None:
        superuser.execute(
            "update maint.check_thresholds set value = %s where check_name = %s",
            [newest, "minor_version_behind"],
        )

    look()
    assert runs() == 0
    limit("15.99, 16.99, 17.99, 18.99")
    look()
    assert runs() == 1
    look()
    assert runs() == 1
    open_alert = "select occurrences, resolved from maint.known_alerts() where alert_type = %s"
    alert = owner.execute(open_alert, ["minor_version_behind"]).fetchone()
    assert alert == {"occurrences": 1, "resolved": False}
    limit(None)
    look()
    assert runs() == 1  # one look that does not see it proves little
    look()
    assert runs() == 2
    assert owner.execute(open_alert, ["minor_version_behind"]).fetchone()["resolved"] is True
    # Somebody has just looked.
    assert owner.execute("select maint.watch_health('1 minute') as c").fetchone()["c"] is None
