"""A command in a terminal of a chosen width: what somebody sees there, line by line."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence

_STYLES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def in_terminal(
    arguments: Sequence[str], variables: Mapping[str, str], *, columns: int = 80
) -> list[str]:
    """Run `maint` in a pseudo-terminal and give its lines, without styles, whatever its end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs,
        env={**variables, "TERM": "xterm"}, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not piece:
            break
        written += piece
    process.wait(timeout=180)
    os.close(ours)
    return [_STYLES.sub("", line).rstrip() for line in written.decode().splitlines()]
