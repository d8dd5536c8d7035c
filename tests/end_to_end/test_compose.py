"""docs/compose.md line by line, with the image built, without containers (tests/composition.py).

Files belong to one user here, so `install` and `chown` leave owners alone.
"""

import os
import re
import subprocess
import urllib.request

import pytest

from maint_pipeline.database.worker import worker_url
from tests.composition import Composition
from tests.dev import eventually
from tests.followed import Follower, FrontedUi, databases_by_tcp, make_certificate
from tests.shells import is_loaded

pytestmark = [pytest.mark.full, pytest.mark.any_version]


class Machine:
    """A machine on which somebody follows the guide."""

    def __init__(self, folder, image, address: str) -> None:
        self.image, self.address = image, address
        self.place, self.composition = folder / "srv", None
        files = {"secrets/database-url": worker_url(f"{address}/app"),
                 "secrets/admin-database-url": f"{address}/app"}  # fmt: skip
        self.who = Follower(
            "compose.md", folder, files,
            {"docker": self.docker, "install": self.install, "chown": None},
            {"/srv/maint": self.place},
        )  # fmt: skip

    def install(self, words: list[str], folder) -> str:
        left = [word for word in words if word not in ("-o", "-g", "10001")]
        if os.geteuid() != 0:  # root writes into files that nobody may write to
            left = ["0600" if word == "0400" else word for word in left]
        subprocess.run(["install", *left], cwd=folder, check=True)
        return ""

    def docker(self, words: list[str], folder) -> str:
        """`docker build` is the fixture `image`."""
        if words[0] == "build":
            return ""
        if self.composition is None:
            self.composition = Composition(folder, self.image)
        return self.composition.compose(words[1:])

    def use_the_storage_that_there_is(self) -> None:
        """In place of the service `storage`, whose image is PostgreSQL's."""
        file = self.place / "secrets/dagster-database-url"
        said = r"postgresql://maint_dagster:[0-9a-f]{48}@storage/maint_dagster"
        assert re.fullmatch(said, file.read_text())
        file.chmod(0o600)
        file.write_text(f"{self.address}/maint_dagster")
        file.chmod(0o400)

    def ui(self, name: str, user: str) -> FrontedUi:
        certificate = self.place / "nginx/maint/tls/fullchain.pem"
        made = FrontedUi(self.composition.ports["443"], certificate, name, user)
        eventually(lambda: is_loaded(made))  # the front starts, too
        return made


@pytest.fixture(scope="module")
def machine(tmp_path_factory, image):
    folder = tmp_path_factory.mktemp("compose")
    with databases_by_tcp(folder / "home") as address:
        made = Machine(folder, image, address)
        try:
            made.who.follow("1.")
            made.who.follow("2.")
            made.use_the_storage_that_there_is()
            (made.place / "nginx/maint/tls").mkdir()
            make_certificate(made.place / "nginx/maint/tls")
            made.who.follow("3.")
            made.doctor = made.who.follow("4.")
            yield made
        finally:
            if made.composition:
                made.composition.close()


def test_the_services_work_by_the_guide(machine):
    assert "dagster" in machine.doctor.lower() and "Traceback" not in machine.doctor
    operator, viewer = (
        machine.ui("dagster.localhost", "ada"),
        machine.ui("dagster-view.localhost", "vera"),
    )
    assert operator.finished(operator.launch("verify_backup_health")) == "SUCCESS"
    assert viewer.try_launch("verify_backup_health")["__typename"] == "UnauthorizedError"
    address = f"http://127.0.0.1:{machine.composition.ports['9187']}/metrics"
    assert b"maint_checks" in urllib.request.urlopen(address, timeout=30).read()


def test_services_end_in_their_time_and_start_again(machine):
    """Each as process 1 of its container, which no signal ends by itself."""
    machine.who.type("docker compose stop daemon web view front metrics")
    machine.who.type("docker compose stop code")
    machine.who.type("docker compose run --rm tables")
    machine.who.type("docker compose up --detach --wait")
    operator = machine.ui("dagster.localhost", "ada")
    assert operator.finished(operator.launch("verify_backup_health")) == "SUCCESS"
