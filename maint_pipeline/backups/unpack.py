"""A program of its own, for the sandbox: unpacks what another machine packed.

python -I unpack.py tar FOLDER < base.tar[.gz|.zst]    makes the folder's files
python -I unpack.py script < dump.sql[.gz]             prints the script for psql

It imports the standard library and zstandard only. What went wrong is one line on stderr.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sys
import tarfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20
_HEADER_LINES = 20
_TAIL_BYTES = 4096
_END_OF_DUMP = b"PostgreSQL database dump complete"
_BEGIN_OF_RESTRICTION = re.compile(rb"\\restrict ([A-Za-z0-9]+)\r?\n")
# A value's line could read like the end of the restriction; the script's last line can't be one.
_END_OF_RESTRICTION = re.compile(rb"\\unrestrict ([A-Za-z0-9]+)\s*\Z")


def unpack_tar(source: IO[bytes], target: Path) -> None:
    """Unpack folders and plain files, and refuse an archive that holds anything else.

    Args:
        source: the archive.
        target: the folder to make.

    Raises:
        ValueError: a name leads out of the folder, or stands for a link or a device.
    """
    target.mkdir(mode=0o700, exist_ok=True)
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if name.is_absolute() or ".." in name.parts:
                raise ValueError(f"the name {member.name!r} leads out of the folder")
            path = target / name
            if member.isdir():
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
                continue
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise ValueError(f"{member.name!r} is a link or a device, no file")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
                shutil.copyfileobj(content, file, _CHUNK)
    while source.read(_CHUNK):  # to the checksum at the end
        pass


def print_script(source: IO[bytes], target: IO[bytes]) -> None:
    r"""Print a script of pg_dump without its own `\restrict` and `\unrestrict`.

    psql, restricted by us, takes no such command.

    Args:
        source: the script.
        target: psql.

    Raises:
        ValueError: it lacks the last lines of pg_dump.
    """
    key = _print_header(source, target)
    tail = b""
    while chunk := source.read(_CHUNK):
        tail += chunk
        target.write(tail[:-_TAIL_BYTES])
        tail = tail[-_TAIL_BYTES:]
    end = _END_OF_RESTRICTION.search(tail)
    if end and key and end[1] == key:
        tail = tail[: end.start()]
    target.write(tail)
    target.flush()
    if _END_OF_DUMP not in tail:
        raise ValueError("it ends in the middle: it lacks pg_dump's last line")


def _print_header(source: IO[bytes], target: IO[bytes]) -> bytes | None:
    """Print the comments at the beginning, and give the key of the restriction among them."""
    for _ in range(_HEADER_LINES):
        line = source.readline(_CHUNK)
        if found := _BEGIN_OF_RESTRICTION.fullmatch(line):
            target.write(b"\n")  # lines keep their numbers
            return found[1]
        target.write(line)
        if line.strip() and not line.startswith(b"--"):
            break
    return None


@contextmanager
def _unpacked(source: IO[bytes]) -> Iterator[IO[bytes]]:
    """Detect the compression from the first bytes."""
    start = source.peek(4)[:4]  # type: ignore[attr-defined]
    if start[:2] == b"\x1f\x8b":
        with gzip.open(source) as unpacked:
            yield unpacked  # type: ignore[misc]
    elif start == b"\x28\xb5\x2f\xfd":
        with zstandard.ZstdDecompressor().stream_reader(source, read_across_frames=True) as stream:
            yield stream
    else:
        yield source


def main() -> None:
    """Do what the arguments say; exit code 1 says that it could not be done to the end."""
    try:
        with _unpacked(sys.stdin.buffer) as source:
            if sys.argv[1] == "tar":
                unpack_tar(source, Path(sys.argv[2]))
            else:
                print_script(source, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(0)  # psql ended, and says why
    except (tarfile.TarError, zstandard.ZstdError, zlib.error, EOFError, OSError, ValueError) as e:
        sys.exit(f"{e}")


if __name__ == "__main__":
    main()
