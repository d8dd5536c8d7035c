"""Files that several processes read and write."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(file: Path, text: str) -> None:
    """Write a file that other processes may be reading.

    Args:
        file: in UTF-8; its folder exists.
        text: all of it.
    """
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(file)
