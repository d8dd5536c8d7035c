"""Expressions as PostgreSQL prints them, taken apart at their parentheses: no parser of SQL.

PostgreSQL's own output has every operator in parentheses, so that finding the one at the top is
enough to know a condition's sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[()\[\],]|::|<>|!~~\*?|~~\*?|<=|>=|@>|<@|&&|@@|\?\||\?&|->>|->|\#>>|\|\||"""
    r"""[=<>~+\-*/%?^|&!@#]+|[\w$.]+|\S""",
    re.VERBOSE,
)  # fmt: skip
_OPEN, _CLOSE = "([", ")]"
COMPARISONS = frozenset(
    {"=", "<", ">", "<=", ">=", "<>", "~~", "~~*", "!~~", "@>", "<@", "&&", "@@", "?", "?|", "?&"}
)


@dataclass(frozen=True)
class Token:
    """A word or sign, with its place in the text and how deep in parentheses it stands."""

    text: str
    start: int
    depth: int


def tokens(text: str) -> Iterator[Token]:
    """Split a text; what is in quotes is one token."""
    depth = 0
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word in _CLOSE:
            depth -= 1
        yield Token(word, match.start(), depth)
        if word in _OPEN:
            depth += 1


def peeled(text: str) -> str:
    """Take off parentheses that hold all of a text."""
    text = text.strip()
    while text.startswith("("):
        closing = next((t for t in tokens(text) if t.text == ")" and t.depth == 0), None)
        if closing is None or closing.start != len(text) - 1:
            break
        text = text[1:-1].strip()
    return text


def split(text: str, word: str) -> list[str]:
    """Split a condition at a connective that is not in parentheses.

    Args:
        text: such as `(a = 1) AND (b = 2)`.
        word: AND or OR.
    """
    text = peeled(text)
    parts, start = [], 0
    for token in tokens(text):
        if token.depth == 0 and token.text == word:
            parts.append(text[start : token.start])
            start = token.start + len(word)
    parts.append(text[start:])
    return [peeled(part) for part in parts]


def conjuncts(text: str | None) -> list[str]:
    """Give the conditions that all have to hold."""
    if not text:
        return []
    found: list[str] = []
    for part in split(text, "AND"):
        found += conjuncts(part) if len(split(part, "AND")) > 1 else [part]
    return found


@dataclass(frozen=True)
class Comparison:
    """A condition with an operator at its top."""

    left: str
    operator: str
    right: str


def comparison(text: str) -> Comparison | None:
    """Take a comparison apart; None if it is none."""
    text = peeled(text)
    for token in tokens(text):
        if token.depth == 0 and token.text in COMPARISONS:
            after = text[token.start + len(token.text) :]
            return Comparison(peeled(text[: token.start]), token.text, after.strip())
    return None


def literal(text: str) -> bool:
    """Return whether a text is a constant: a number, a string, true or false, with its type."""
    text = peeled(text)
    return re.fullmatch(
        r"(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)(?:::[\w\s\"().]+(?:\[\])?)?", text, re.I
    ) is not None  # fmt: skip


def split_list(text: str) -> tuple[list[str], str]:
    """Split a list in parentheses at its commas.

    Args:
        text: that begins with a parenthesis.

    Returns:
        The parts, and what follows the closing parenthesis.
    """
    parts, start = [], 1
    for token in tokens(text):
        if token.depth == 1 and token.text == ",":
            parts.append(text[start : token.start].strip())
            start = token.start + 1
        elif token.depth == 0 and token.text == ")":
            parts.append(text[start : token.start].strip())
            return parts, text[token.start + 1 :]
    return [], text
