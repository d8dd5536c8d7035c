"""Processes that send: a mail server may take minutes, a tick must not."""

from __future__ import annotations

import json
import subprocess
import sys


def start_sending(module: str, argument: str, given: object) -> subprocess.Popen[bytes]:
    """Start a module as a process of its own, in this one's environment.

    Args:
        module: its name.
        argument: the one on its command line.
        given: what it reads from its standard input, as JSON.
    """
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, argument], stdin=subprocess.PIPE
    )
    if process.stdin:
        process.stdin.write(json.dumps(given).encode())
        process.stdin.close()
    return process
