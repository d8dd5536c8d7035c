"""A program of its own: confines itself to some folders by Landlock (Linux 5.13+), runs another.

python -I landlock.py READABLE:… WRITABLE:… PROGRAM ARGUMENT…

It is read by an interpreter in a sandbox, so it imports the standard library only.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system calls, the same everywhere
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_LOOK = _EXECUTE | _READ | _LIST
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE
# Each version of the kernel's interface knows more rights; what it doesn't know can't be asked.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_DEVICE_CONTROL_SINCE = 5
_NETWORK_SINCE, _NETWORK_RIGHTS = 4, 0b11  # bind and connect of TCP: none is given
_SCOPES_SINCE, _SCOPES = 6, 0b11  # abstract sockets and signals of others
_LIBC = ctypes.CDLL(None, use_errno=True)


def confine(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Confine this process and all that it will start.

    Args:
        readable: files and folders that may be read and executed.
        writable: folders in which anything may be done.

    Raises:
        OSError: the kernel offers no Landlock, or forbids it.
    """
    version = _call(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    rights = _FILE_RIGHTS.get(version) or (
        (1 << 16) - 1 if version >= _DEVICE_CONTROL_SINCE else (1 << 13) - 1
    )
    handled = struct.pack(
        "=QQQ", rights,
        _NETWORK_RIGHTS if version >= _NETWORK_SINCE else 0,
        _SCOPES if version >= _SCOPES_SINCE else 0,
    )  # fmt: skip
    size = 24 if version >= _SCOPES_SINCE else 16 if version >= _NETWORK_SINCE else 8
    ruleset = _call(_CREATE_RULESET, handled[:size], size, 0)
    for paths, wanted in ((readable, _LOOK), (writable, rights)):
        for path in paths:
            _allow(ruleset, path, wanted & rights)
    if _LIBC.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    _call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & _OF_FILES  # noqa: PTH112
        _call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", allowed, opened), 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: int | bytes | None) -> int:
    given = [ctypes.c_long(part) if isinstance(part, int) else part for part in arguments]
    answer = int(_LIBC.syscall(ctypes.c_long(number), *given))
    if answer < 0:
        raise OSError(ctypes.get_errno(), "Landlock")
    return answer


if __name__ == "__main__":
    confine(sys.argv[1].split(":"), sys.argv[2].split(":"))
    os.execv(sys.argv[3], sys.argv[3:])  # noqa: S606 - no shell
