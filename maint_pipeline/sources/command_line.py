"""Commands that can be pasted into a shell, whatever the names in them hold."""

from __future__ import annotations

import shlex
from collections.abc import Iterable


def command(words: Iterable[str]) -> str:
    """Write a command line.

    Args:
        words: the program and its arguments.
    """
    return " ".join(_word(word) for word in words)


def _word(text: str) -> str:
    """Quote a word; what a terminal would obey is written out, as bash and zsh read it ($'...')."""
    if text.isprintable():
        return shlex.quote(text)
    return "$'" + "".join(map(_character, text)) + "'"


def _character(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\{code:03o}" if code < 0x80 else f"\\U{code:08x}"  # noqa: PLR2004
