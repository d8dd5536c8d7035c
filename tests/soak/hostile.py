"""Texts that nobody would write, and that are never a valid value of anything."""

from random import Random

PIECES = (
    "", " ", "-1", "9" * 40, "nan", "1e400", "[", "{}", "null", "true", "'; select 1 --", '"', "\\",
    "$(id)", "`id`", "${HOME}", "%s", "%(x)s", "{0}", "\x1b[2J", "\r\n", "\t", "\x7f", "../../etc",
    "/", "a" * 2000, "[/red]", "[bold]", "<script>", "&amp;", "ü€😀", "\u202e", "\u0000"[:0], "İ",
    "public.audit_logs", "pg_catalog.pg_class", "1 day", "2026-02-30", "00:00", "infinity", "::int",
    "select", "drop table audit_logs", "(select 1)", "00000000-0000-0000-0000-000000000000", "~",
    "*",
)  # fmt: skip
UNDECODABLE = "\udcff"
MARK = "☠"
"""In every text: so it is no number, no time, no name of anything, and no SQL."""


def hostile(random: Random, *, undecodable: bool = False) -> str:
    """Make up a text."""
    pieces = [random.choice(PIECES) for _ in range(random.randint(0, 3))]
    if undecodable and random.random() < 0.05:
        pieces.append(UNDECODABLE)
    if random.random() < 0.3:
        pieces.append("".join(chr(random.choice([*range(1, 0x250), *range(0x1F600, 0x1F640)]))
                              for _ in range(random.randint(1, 12))))  # fmt: skip
    pieces.insert(random.randint(0, len(pieces)), MARK)
    return "".join(pieces)
