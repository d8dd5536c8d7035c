"""Files of a what-if server's relations: grown to their length without a block on the disk.

The planner believes the length of a file. Pages of zeros are valid new pages; of a B-tree it also
reads the metapage and, at the ends, the leaves, so those are written. The server may be hostile:
no link is followed, and nothing but a plain file of the server's user is touched.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from maint_pipeline.advice.errors import AdviceError

BLOCK = 8192
SEGMENT_BLOCKS = 131_072
"""Of 1 GiB, as PostgreSQL is built everywhere."""

_PATH = re.compile(r"base/\d{1,10}/\d{1,10}")
_MAGIC = 0x053162
_LEAF, _ROOT = 1, 2
_SPECIAL = BLOCK - 16
_PAGE_VERSION = 4


def grow(data: Path, path: str, blocks: int) -> None:
    """Set the length of a relation, in segments; one that is longer is left as it is.

    Args:
        data: the data folder.
        path: as pg_relation_filepath gives it.
        blocks: of 8 kB.
    """
    number, left = 0, blocks
    while number == 0 or left > 0:
        here = min(left, SEGMENT_BLOCKS) * BLOCK
        with _opened(data, path, number, creates=number > 0) as file:
            if os.fstat(file).st_size < here:
                os.truncate(file, here)
        number, left = number + 1, left - SEGMENT_BLOCKS


def shrink(data: Path, path: str) -> None:
    """Make a relation empty.

    Args:
        data: the data folder.
        path: as above.
    """
    with _opened(data, path, 0) as file:
        os.truncate(file, 0)
    number = 1
    with suppress(FileNotFoundError), _folder(data, path) as folder:
        while True:
            os.unlink(f"{path.rpartition('/')[2]}.{number}", dir_fd=folder)
            number += 1


def give_height(data: Path, path: str, height: int) -> None:
    """Make an empty B-tree as tall as a full one: a chain of pages from the root to one leaf.

    Scans find it empty, and the planner sees its height. Nothing may have read the index before.

    Args:
        data: the data folder.
        path: as above.
        height: levels above the leaves.

    Raises:
        AdviceError: it is no B-tree.
    """
    with _opened(data, path, 0) as file:
        if len(head := os.pread(file, 8, 24)) < 8 or struct.unpack("<II", head)[0] != _MAGIC:  # noqa: PLR2004
            raise AdviceError(f"The file {path} of the what-if server is no B-tree.")
        os.pwrite(file, struct.pack("<IIII", 1, height, 1, height), 32)
        for level in range(height, -1, -1):
            block = 1 + height - level
            os.pwrite(file, _page(level, block), block * BLOCK)


def _page(level: int, block: int) -> bytes:
    flags = (_LEAF if level == 0 else 0) | (_ROOT if block == 1 else 0)
    page, lower, upper = bytearray(BLOCK), 24, _SPECIAL
    if level:
        # One downlink without a key: a tuple of 8 bytes that points to the next block.
        upper, lower, child = _SPECIAL - 8, 28, block + 1
        struct.pack_into("<HHHH", page, upper, child >> 16, child & 0xFFFF, 0, 8 | 0x2000)
        struct.pack_into("<I", page, 24, upper | (1 << 15) | (8 << 17))
    struct.pack_into(
        "<QHHHHHHI", page, 0, 0, 0, 0, lower, upper, _SPECIAL, BLOCK | _PAGE_VERSION, 0
    )
    struct.pack_into("<IIIHH", page, _SPECIAL, 0, 0, level, flags, 0)
    return bytes(page)


@contextmanager
def _folder(data: Path, path: str) -> Iterator[int]:
    """Open the folder of a relation, each step without following a link."""
    if not _PATH.fullmatch(path):
        raise AdviceError(f"The what-if server names a file that can't be: {path!r}.")
    opened = os.open(data, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        for step in path.split("/")[:-1]:
            below = os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=opened)
            os.close(opened)
            opened = below
        yield opened
    finally:
        os.close(opened)


@contextmanager
def _opened(data: Path, path: str, segment: int, *, creates: bool = False) -> Iterator[int]:
    name = path.rpartition("/")[2]
    with _folder(data, path) as folder:
        first = os.stat(name, dir_fd=folder, follow_symlinks=False)
        here = f"{name}.{segment}" if segment else name
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | (os.O_CREAT if creates else 0)
        file = os.open(here, flags, 0o600, dir_fd=folder)
        try:
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
                raise AdviceError(f"The file {path} of the what-if server is no plain file.")
            if found.st_uid != first.st_uid:  # just made by us
                os.fchown(file, first.st_uid, first.st_gid)
            yield file
        finally:
            os.close(file)
