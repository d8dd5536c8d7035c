"""Workers on other machines reach Redis by TLS, as deploy/celery has it, and show a certificate."""

import re
import ssl
import subprocess
from pathlib import Path

import pytest
import redis
from dagster import DagsterInstance, DagsterRunStatus

from tests.celery_guide import ROOT
from tests.celery_parts import Deployment, deployment
from tests.celery_redis import create_run
from tests.dev import free_port

pytestmark = [pytest.mark.full, pytest.mark.any_version]
JOB = "cleanup_old_audit_logs"


@pytest.fixture
def celery(tmp_path_factory, server_url, template):
    with deployment(tmp_path_factory.mktemp("celery"), server_url) as made:
        yield made


def certify(folder: Path, *files: str) -> None:
    """Make an authority, and certificates by it, each a .pem with its .key."""

    def openssl(*words: str | Path) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes", "-days", "1")
    authority = folder / "ca.pem", folder / "ca.key"
    openssl(
        "req", "-x509", *new, "-subj", "/CN=ours", "-out", authority[0], "-keyout", authority[1]
    )
    (folder / "names").write_text("subjectAltName=DNS:localhost")
    for file in files:
        Path(file).parent.mkdir(exist_ok=True)
        request = folder / "request"
        openssl("req", *new[:3], "-subj", "/CN=localhost", "-out", request,
                "-keyout", f"{file}.key")  # fmt: skip
        openssl("x509", "-req", "-in", request, "-CA", authority[0], "-CAkey", authority[1],
                "-days", "1", "-extfile", folder / "names", "-out", f"{file}.pem")  # fmt: skip
        (Path(file).parent / "ca.pem").write_bytes(authority[0].read_bytes())


def use_tls(celery: Deployment, port: int) -> None:
    """Take the lines that are comments in deploy/celery."""
    text = celery.redis.settings.read_text().replace("#tls", "tls").replace("6390", str(port))
    celery.redis.settings.write_text(text.replace("#bind 10.0.0.1", "bind 127.0.0.1"))
    example = (ROOT / "deploy/celery/celery.env").read_text()
    (url,) = re.findall(r"^# (rediss://.*)$", example, re.M)
    url = url.replace("PASSWORD", celery.redis.password)
    url = url.replace("redis.example.com:6390", f"localhost:{port}")
    file = celery.guide.folder / "etc/maint/secrets/celery-broker-url"
    file.unlink()
    celery.guide.write_secret(file.name, celery.guide.here(url))


def test_a_worker_by_tls_and_nobody_without_a_certificate(celery):
    port = free_port()
    etc = celery.guide.folder / "etc"
    certify(celery.guide.folder, f"{etc}/redis/tls/redis", f"{etc}/maint/tls/worker")
    celery.redis.stop()
    use_tls(celery, port)
    celery.redis.start()
    celery.start_worker("first", 1)
    assert f"rediss://maint:**@localhost:{port}" in celery.log("first")
    with DagsterInstance.get() as instance:
        run = create_run(instance, JOB)
        instance.launch_run(run.run_id, None)
    assert celery.finished(run.run_id) is DagsterRunStatus.SUCCESS
    stranger = redis.Redis(
        host="localhost", port=port, ssl=True, ssl_ca_certs=str(etc / "maint/tls/ca.pem"),
        username="maint", password=celery.redis.password,
    )  # fmt: skip
    with pytest.raises((redis.exceptions.ConnectionError, ssl.SSLError)):
        stranger.ping()
    with pytest.raises(redis.exceptions.ConnectionError):
        redis.Redis(host="localhost", port=port).ping()
