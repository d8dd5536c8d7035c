"""A guide for production, followed line by line, and the UI behind the front that it makes."""

import http.client
import json
import re
import shlex
import socket
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from maint_pipeline.database.embedded import embedded_server, ensure_database
from tests.dev import DagsterUi, maint
from tests.front import PASSWORD
from tests.image import ROOT
from tests.relay import by_tcp


def lines(guide: str, heading: str) -> list[str]:
    """The commands of a section of a guide in docs/."""
    text = (ROOT / "docs" / guide).read_text()
    section = text.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, flags=re.S)
    return [line.partition("   #")[0].strip() for block in blocks for line in block.splitlines()]


class Follower:
    """Somebody in a copy of the repository.

    Args:
        guide: a file of docs/.
        folder: for the copy and what is made beside it.
        files: what is typed into the editor, by name of the file.
        programs: those that are played by functions, which get the words and the folder; None:
            they are left out.
        places: what is elsewhere here, by what the guide says.
    """

    def __init__(
        self,
        guide: str,
        folder: Path,
        files: dict[str, str],
        programs: dict[str, Callable[[list[str], Path], str] | None],
        places: dict[str, Path] | None = None,
    ) -> None:
        self.guide, self.folder, self.files = guide, folder / "repository", files
        self.programs, self.places = programs, places or {}
        self.folder.mkdir()
        (self.folder / "deploy").symlink_to(ROOT / "deploy")

    def follow(self, heading: str) -> str:
        """Follow a section; give what its last line printed."""
        printed = ""
        for line in lines(self.guide, heading):
            printed = self.type(line)
        return printed

    def type(self, line: str) -> str:
        """Carry out a line, as somebody who replaces what the guide writes in capitals."""
        for there, here in {"YOUR.DOMAIN": "localhost", **self.places}.items():
            line = line.replace(there, str(here))
        program, *words = shlex.split(line)
        if program in self.programs:
            played = self.programs[program]
            return played(words, self.folder) if played else ""
        if program == "cd":
            self.folder = (self.folder / words[0]).resolve()
        elif program == "editor":
            for word in words:
                _edit(self.folder / word, self.files[word])
        else:
            line = line.replace("openssl passwd -6", f"openssl passwd -6 '{PASSWORD}'")
            subprocess.run(["sh", "-ec", line], cwd=self.folder, check=True)
        return ""


def _edit(file: Path, text: str) -> None:
    """Write into a file, which may be one that only root can write to, and leave its mode."""
    mode = file.stat().st_mode if file.exists() else 0o600
    file.touch()
    file.chmod(0o600)
    file.write_text(f"{text}\n")
    file.chmod(mode)


def make_certificate(folder: Path) -> None:
    """Put a certificate for both names into a folder, as the guides have it."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=maint", "-addext", "subjectAltName=DNS:dagster.localhost,DNS:dagster-view.localhost",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


@contextmanager
def databases_by_tcp(home: Path) -> Iterator[str]:
    """Give the beginning of the URLs of `app`, with the sample, and of `maint_dagster`."""
    assert maint(home, "env").returncode == 0
    with embedded_server(home) as server:
        ensure_database(server, "maint_dagster")
        sockets = Path(conninfo_to_dict(server.url("app"))["host"])
        with by_tcp(sockets / ".s.PGSQL.5432") as port:
            yield f"postgresql://postgres@127.0.0.1:{port}"
        maint(home, "env", "--stop")


class FrontedUi(DagsterUi):
    """Dagster's UI behind a front on a port of this machine, as somebody with a login."""

    def __init__(self, port: int, certificate: Path, name: str, user: str) -> None:
        super().__init__(f"https://{name}:{port}")
        self.name, self.port = name, port
        self.context = ssl.create_default_context(cafile=certificate)
        self.login = "Basic " + b64encode(f"{user}:{PASSWORD}".encode()).decode()

    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        asked = http.client.HTTPSConnection(self.name, self.port, timeout=60, context=self.context)
        asked._create_connection = lambda *_: socket.create_connection(("127.0.0.1", self.port))
        body = json.dumps({"query": query, "variables": variables})
        headers = {"Content-Type": "application/json", "Authorization": self.login}
        with closing(asked):
            asked.request("POST", "/graphql", body, headers)
            return json.loads(asked.getresponse().read())["data"]
