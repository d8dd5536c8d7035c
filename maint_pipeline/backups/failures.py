"""Judging what pg_restore and psql could not restore: lost rows, or things beside them.

A restore test has a plain role and the machine's extensions; what needs more is left out, by name.
It is judged by kind and by reason: an unknown reason is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from maint_pipeline.backups.contents import Contents, kind_with_rows

_SHOWN = 300

# What a plain role, a missing extension and what follows from both look like.
_EXPLAINED = re.compile(
    r"permission denied|[Mm]ust be superuser|must be owner|must be able|must be member|must have "
    r"|does not exist|is not available|could not open extension control file"
    r"|could not access file|only superusers?|must be loaded via shared_preload_libraries"
    r"|can only be loaded via shared_preload_libraries"
)
_KNOWN = re.compile(r'schema "(.*)" already exists')

_ARCHIVE_ENTRY = re.compile(r"^pg_restore: from TOC entry (\d+); (.*)$")
_ARCHIVE_ERROR = re.compile(r"^pg_restore: error: (.*)$")
_ARCHIVE_END = re.compile(r"pg_restore: warning: errors ignored on restore: (\d+)")
_SAID_BY_PSQL = ("error", "fatal", "FATAL", "PANIC")
_SCRIPT_LINE = re.compile(r"^psql:<stdin>:(\d+): ([A-Za-z]+): +(.*)$")

_NEVER_RESTORED = re.compile(
    r"GRANT |REVOKE |ALTER DEFAULT PRIVILEGES |SET SESSION AUTHORIZATION |ALTER .* OWNER TO ", re.S
)
_WITHOUT_ROWS = re.compile(
    r"COMMENT ON |SECURITY LABEL |REFRESH MATERIALIZED VIEW "
    r"|(CREATE|ALTER) (OR REPLACE )?(TRUSTED |PROCEDURAL |UNIQUE |CONSTRAINT )*"
    r"(EXTENSION|EVENT TRIGGER|PUBLICATION|SUBSCRIPTION|FUNCTION|PROCEDURE|AGGREGATE|CAST|TRANSFORM"
    r"|VIEW|MATERIALIZED VIEW|TRIGGER|POLICY|RULE|OPERATOR|TEXT SEARCH|SERVER|FOREIGN DATA WRAPPER"
    r"|FOREIGN TABLE|USER MAPPING|LANGUAGE|ACCESS METHOD|STATISTICS|COLLATION|CONVERSION|INDEX"
    r"|SCHEMA|TYPE|DOMAIN) "
    r"|ALTER TABLE (ONLY )?\S+\s+"
    r"(ADD CONSTRAINT|ENABLE|DISABLE|FORCE|CLUSTER ON|REPLICA IDENTITY) ",
)  # fmt: skip


@dataclass
class Failures:
    """What did not come back.

    Attributes:
        problems: each a reason why the backup is not proven.
        left_out: rows with `object, reason`: what holds no rows of the application.
    """

    problems: list[str] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)

    def add(self, thing: str, reason: str, *, holds_rows: bool) -> None:
        """Judge one failure."""
        thing, reason = _short(thing), _short(reason.removeprefix("ERROR:"))
        if not holds_rows and _EXPLAINED.search(reason):
            self.left_out.append({"object": thing, "reason": reason})
        else:
            self.problems.append(f"{thing}: {reason}")


def of_archive(printed: str, returncode: int, contents: Contents, schemas: set[str]) -> Failures:
    """Judge what pg_restore --verbose printed.

    Args:
        printed: its messages.
        returncode: its exit code.
        contents: of the archive.
        schemas: that were there before.
    """
    failures, entry, number, errors = Failures(), "the archive", None, 0
    lines = printed.splitlines()
    end = _ARCHIVE_END.fullmatch(lines[-1]) if lines else None
    for line in lines:
        if found := _ARCHIVE_ENTRY.match(line):
            number = int(found[1])
            entry = contents.entries.get(number, found[2])
        elif found := _ARCHIVE_ERROR.match(line):
            errors += 1
            reason = found[1].removeprefix("could not execute query: ")
            if _is_known(reason, schemas):
                continue
            if not end and found[1] == reason and not reason.startswith("COPY failed"):
                failures.problems.append(f"pg_restore: {_short(reason)}")
                continue
            is_of_extension = number is not None and contents.is_of_extension(number)
            has_rows = kind_with_rows(entry) is not None and not is_of_extension
            failures.add(entry, reason, holds_rows=has_rows)
    if returncode and not end and not failures.problems:
        last = lines[-1] if lines else f"exit code {returncode}"
        failures.problems.append(f"pg_restore: {_short(last)}")
    if end and errors < int(end[1]):
        failures.problems.append(f"pg_restore: {end[1]} errors, of which {errors} can be read")
    return failures


def of_script(printed: str, returncode: int, schemas: set[str]) -> Failures:
    """Judge what psql --echo-errors printed.

    Args:
        printed: its messages.
        returncode: its exit code.
        schemas: that were there before.
    """
    failures = Failures()
    reason: str | None = None
    for line, following in _with_next(printed.splitlines()):
        found = _SCRIPT_LINE.match(line)
        level, text = (found[2], found[3]) if found else ("", "")
        if level in _SAID_BY_PSQL or (level == "ERROR" and reason is not None):
            failures.problems.append(f"line {found and found[1]}: {_short(text)}")
        if level == "ERROR":
            reason = text
        elif level == "STATEMENT":
            # Without an error before it, it was made up to hide another one.
            _judge_statement(failures, text or following, reason or "an unknown error", schemas)
            reason = None
    if reason is not None:
        failures.problems.append(_short(reason))
    if returncode and not failures.problems:
        failures.problems.append(f"psql ended with exit code {returncode}")
    return failures


def _judge_statement(failures: Failures, statement: str, reason: str, schemas: set[str]) -> None:
    if not _is_known(reason, schemas) and not _NEVER_RESTORED.match(statement):
        failures.add(statement, reason, holds_rows=not _WITHOUT_ROWS.match(statement))


def missing_tables(contents: Contents, restored: Iterable[tuple[str, str]]) -> list[str]:
    """Name the tables of an archive's list that are not there.

    Args:
        contents: of the archive.
        restored: schema and name of each table that is there.
    """
    there = {re.sub(r"[\r\n]", " ", f"{schema} {name}") for schema, name in restored}
    missing = []
    for words in contents.tables():
        parts = words.split(" ")
        # The owner's name, which stands last, may have spaces like the others.
        if not any(" ".join(parts[:end]) in there for end in range(2, len(parts) + 1)):
            missing.append(words.rpartition(" ")[0].replace(" ", ".", 1))
    return missing


def _is_known(reason: str, schemas: set[str]) -> bool:
    found = _KNOWN.search(reason)
    return bool(found and found[1] in schemas)


def _with_next(lines: list[str]) -> Iterable[tuple[str, str]]:
    return zip(lines, [*lines[1:], ""], strict=True)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
