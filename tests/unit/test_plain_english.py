"""The product speaks plain English: words that readers stumble over stay out of it.

Each word stands here with what to write in its place, and with a sentence that has to be found, so
that a pattern that catches nothing fails.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Word:
    """A word, what to write instead, and a sentence with it."""

    pattern: str
    instead: str
    example: str


WORDS = (
    Word(r"mend(s|ed|ing)?", "fix", "Mend the channel first."),
    Word(r"(un)?heed(s|ed|ing)?", "unignore, or consider", "until somebody heeds it again"),
    Word(r"grave(r|st)?|gravely", "more severe, most severe first", "rows, gravest first"),
    Word(r"told", "reported, notified, called with", "Nobody is told of a silenced alert."),
    Word(r"tell(s|ing)?", "say, show, report, return", "maint doctor tells whether it runs"),
    Word(
        r"hears? of|heard of|(to|who|this channel) hears?", "gets, is notified", "it hears of all"
    ),
    Word(r"stands? (below|above|in|beside|for itself|there)", "is", "what stands below it"),
    Word(r"(has|have|had) gone", "was deleted, no longer exists", "a column that has gone"),
    Word(r"(is|are) gone", "was deleted, no longer exists", "the table is gone"),
    Word(r"moot", "obsolete", "drops what is moot"),
    Word(
        r"(take|takes|taken|took) (it|an? \w+|them) on", "acknowledge", "somebody has taken it on"
    ),
    Word(r"take(n)? on", "acknowledge", "nobody has taken on"),
    Word(r"put(s|ting)? off", "defer, retry later", "what was put off"),
    Word(r"live with", "accept, suppress", "a finding that you decide to live with"),
    Word(r"looks? how", "report", "looks how maintenance is doing"),
    Word(r"for ever", "forever", "grows for ever"),
    Word(r"at work", "running, in progress", "another run is at work"),
    Word(r"anew", "again", "is made anew"),
    Word(r"seldom", "rarely", "happens seldom"),
    Word(r"errs", "fails", "a check that errs"),
    Word(r"speaks? (against|of)", "prevents, names", "what speaks against it"),
    Word(r"(not|all) well", "failing, healthy", "All is not well."),
    Word(r"(is|are) well", "healthy", "while the daemon is well"),
    Word(r"daily life", "normal", "which is daily life"),
    Word(r"nothing to tell", "no notifications due", "There is nothing to tell."),
    Word(r"the form\.", "what it configures", "The form."),
)
FOUND = re.compile("|".join(rf"\b(?:{word.pattern})(?!\w)" for word in WORDS), re.IGNORECASE)

# Not read, each with its reason.
LEFT_OUT = {
    "maint_pipeline/database/migrations/versions/": "a revision stays what was released",
    "docs/images/": "pictures",
}
# Lines that have a listed word and are right, by a part of the line.
EXCEPTIONS = {
    "drop function if exists maint.": "a function of an earlier version, by its name",
}


def product_files() -> list[Path]:
    """Everything of the product that people read."""
    kinds = {".py", ".sql", ".j2", ".md", ".mako"}
    folders = (ROOT / "maint_pipeline", ROOT / "docs", ROOT / "deploy")
    found = [file for folder in folders for file in folder.rglob("*") if file.suffix in kinds]
    return [
        file
        for file in (*found, *ROOT.glob("*.md"), ROOT / "Makefile", *ROOT.glob("deploy/**/*.json"))
        if not str(file.relative_to(ROOT)).startswith(tuple(LEFT_OUT))
    ]


def listed_words(text: str) -> list[tuple[int, str]]:
    """The lines with a listed word, and that word."""
    return [
        (number, match.group())
        for number, line in enumerate(text.splitlines(), start=1)
        if not any(part in line for part in EXCEPTIONS)
        for match in FOUND.finditer(line)
    ]


def test_the_product_has_no_listed_word():
    found = [
        f"{file.relative_to(ROOT)}:{number}: {word}"
        for file in product_files()
        for number, word in listed_words(file.read_text(encoding="utf-8"))
    ]
    assert not found, "write it in plain words:\n" + "\n".join(found)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.instead)
def test_a_listed_word_is_found(word):
    assert listed_words(f"One line.\n{word.example}\n") != []
    assert re.search(rf"\b(?:{word.pattern})(?!\w)", word.example, re.IGNORECASE)


def test_plain_words_are_not_found():
    assert listed_words("Fixes the retold gravel of intelligence; most severe first.") == []


def test_every_part_of_the_product_is_read():
    read = {str(file.relative_to(ROOT)) for file in product_files()}
    for name in (
        "README.md", "CHANGELOG.md", "docs/operator.md", "maint_pipeline/cli/app.py",
        "maint_pipeline/database/sql/30_alerts.sql",
        "maint_pipeline/alerts/templates/alerts.txt.j2",
        "maint_pipeline/checks/backups/backup_failed.sql", "docs/reference.md",
    ):  # fmt: skip
        assert name in read
