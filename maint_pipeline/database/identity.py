"""The user of a session, as the client states it, for the ledger and the history of changes.

It is a claim, kept as such (`claimed` in what the SQL function maint.caller() gives): the server
can't check it, and nothing is allowed for it.
"""

from __future__ import annotations

import os
import pwd
import socket

from maint_pipeline.database.connection import Connection


def declare_user(connection: Connection, user: str | None) -> None:
    """Let a session say who works with it.

    Args:
        connection: any of ours.
        user: such as `ada@laptop`, or whom a proxy signed in; None when that isn't known.
    """
    connection.execute("select set_config('maint.user', %s, false)", [user or ""])


def operating_system_user() -> str:
    """Name who runs this process: `USER@HOST`, and who called sudo for it."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run as a user without a name
        name = str(os.getuid())
    sudo = os.environ.get("SUDO_USER")
    return f"{name}@{socket.gethostname()}" + (f" (sudo by {sudo})" if sudo else "")
