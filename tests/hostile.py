"""What an attack would leave behind: a file, a secret in it, a connection. None may be there."""

import socket
from dataclasses import dataclass
from pathlib import Path

SECRET = "canary-mail-password"


@dataclass
class Canary:
    """A folder that anybody may write, and a server on loopback that anybody may reach."""

    folder: Path
    listener: socket.socket

    @property
    def command(self) -> str:
        """A shell command that takes all it can get: files, environments, the network."""
        port = self.listener.getsockname()[1]
        return (
            f"bash -c '(env; cat /proc/[0-9]*/environ) > {self.folder}/stolen; "
            f"echo > /dev/tcp/127.0.0.1/{port}'"
        )

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def was_connected(self) -> bool:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def assert_untouched(self) -> None:
        assert self.files == [] and not self.was_connected()


def make_canary(folder: Path) -> Canary:
    folder.mkdir()
    folder.chmod(0o777)
    for parent in folder.parents:
        parent.chmod(parent.stat().st_mode | 0o001)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    return Canary(folder, listener)
