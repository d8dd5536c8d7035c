"""docs/celery.md, followed line by line, with folders of the test's own and without systemd."""

import os
import re
import shlex
import subprocess
from pathlib import Path

from tests.shells import BIN

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "celery.md"
UNITS = "etc/systemd/system"
FOLDERS = ("/etc/", "/var/lib/", "/run/")
# What a test must not do to the machine is written down instead.
_RECORDED = '#!/bin/sh\necho "${0##*/} $*" >> "$CALLS"\n'
# Neither users nor groups are made here.
_INSTALL = '#!/bin/sh\nexec /usr/bin/install $(echo "$*" | sed "s/ -[og] [a-z]*//g")\n'
_SYSTEMD_RUN = """#!/bin/sh
while [ "$1" != /bin/sh ]; do
    case "$1" in
        -E) export "$2"; shift ;;
        EnvironmentFile=*) set -a; . "${1#*=}"; set +a ;;
    esac
    shift
done
exec "$@"
"""


class Guide:
    """A folder that stands for the machine, after the guide's chapters 2 and 3."""

    def __init__(self, folder: Path, secrets: dict[str, str]) -> None:
        """Make what chapter 1 leaves behind: units, maint.env, and these files of secrets."""
        self.folder = folder
        for name in ("etc/maint/secrets", "etc/redis", "run/redis-maint", UNITS, "shims"):
            (folder / name).mkdir(parents=True)
        for name, secret in secrets.items():
            self.write_secret(name, secret)
        programs = {name: _RECORDED for name in ("apt-get", "systemctl", "usermod", "chown")}
        programs |= {"install": _INSTALL, "systemd-run": _SYSTEMD_RUN}
        for name, text in programs.items():
            (folder / "shims" / name).write_text(text)
            (folder / "shims" / name).chmod(0o755)
        self.environment = {
            "PATH": f"{folder / 'shims'}:{os.environ['PATH']}",
            "CALLS": str(folder / "calls"),
            "HOME": str(folder),
        }
        self.sh("cp -r deploy/systemd/*.service deploy/systemd/*.service.d /etc/systemd/system/")
        self.sh("install -m 0600 deploy/systemd/maint.env /etc/maint/")

    def write_secret(self, name: str, secret: str) -> Path:
        file = self.folder / "etc/maint/secrets" / name
        file.write_text(secret)
        file.chmod(0o400)
        return file

    def here(self, text: str) -> str:
        """Name the folders as they are here."""
        text = text.replace("/opt/maint/.venv/bin", str(BIN))
        for there in FOLDERS:
            text = re.sub(rf"(?<![\w./]){there}", f"{self.folder}{there}", text)
        return text

    def sh(self, text: str) -> None:
        done = subprocess.run(
            ["sh", "-ec", self.here(text)], check=False, cwd=ROOT, env=self.environment,
            capture_output=True, text=True, timeout=180,
        )  # fmt: skip
        assert done.returncode == 0, (text, done.stdout, done.stderr)
        for file in (self.folder / "etc").rglob("*"):
            if file.is_file() and os.access(file, os.W_OK) and "/secrets/" not in str(file):
                text = file.read_text()
                if (own := self.here(text)) != text:
                    file.write_text(own)

    def follow(self) -> None:
        """Carry out the commands of chapters 2 and 3; a variable of one is known in the next."""
        text = GUIDE.read_text()
        chapters = text[text.index("## 2.") : text.index("## 4.")]
        self.sh("\n".join(re.findall(r"^```sh\n(.*?)^```", chapters, re.M | re.S)))

    def calls(self) -> list[str]:
        """What was asked of systemctl and the like."""
        return (self.folder / "calls").read_text().splitlines()

    def variables(self) -> dict[str, str]:
        """The environment that the units have."""
        found = {"MAINT_HOME": str(self.folder / "var/lib/maint")}
        unit = (self.folder / UNITS / "maint-.service.d/celery.conf").read_text()
        (celery,) = re.findall(r"^EnvironmentFile=(.*)$", unit, re.M)
        for file in (self.folder / "etc/maint/maint.env", Path(celery)):
            found.update(re.findall(r"^([A-Z_]+)=(.*)$", file.read_text(), re.M))
        return found

    def command(self, unit: str) -> list[str]:
        """Give the command of a unit."""
        text = (self.folder / UNITS / unit).read_text()
        (command,) = re.findall(r"^ExecStart=(.*)$", text, re.M)
        return shlex.split(command)
