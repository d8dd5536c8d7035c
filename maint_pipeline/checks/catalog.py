"""Reading check files.

A check file is named after its check and starts with a header of comments::

    -- title: Organization without enabled backup
    -- severity: high, because what the organization stores would be lost with the database
    -- needs: organizations.id, backup_settings.org_id
    -- description: What it detects and why that matters,
    --     on as many indented lines as it takes.
    -- remediation: What to do about it.
    -- cannot see: What of this problem it does not notice.
    -- thresholds: after interval = 26 hours; beyond integer = 5
    -- scope: server

`needs` names columns of the application's parts (`audit_log.time`; `audit_log.entity or
audit_log.action` where either will do; `17_sources.sql` has them all), other relations, functions
with their argument types, and roles. Where one is missing or closed to us, the check is not
applicable. Thresholds are optional: names with a type (interval, integer,
numeric, text) and a default, which an administrator can change in `maint.check_thresholds`; the
query reads them as variables, `_after` and `_beyond` here. `scope: server` is for what is the same
in every database of a server: of those in a registry only one looks at it. `also in: health` has
the run of that category evaluate the check, too.

One query follows. It returns `object` (the stable identity of what has the problem), `detail` (one
sentence for people), `metadata` (jsonb). It may return `severity`, where that differs by row,
`fix`, the statements that end this very finding, where somebody may simply run them, `managed_by`,
the platform's role that owns an object which the user can't change: that is reported and raises no
alert; and `takes`, where the fix takes something away, as `maint.losses()` reads it
(45_what_is_lost.sql): the finding then says who loses what, and a fix that would break what is in
use is not offered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from maint_pipeline.errors import MaintError

CATEGORIES = ("security", "backups", "health")
_FIELDS = {"title", "severity", "needs", "description", "remediation", "cannot see"}
_OPTIONAL_FIELDS = {"thresholds", "scope", "also in"}
_THRESHOLD = re.compile(
    r"(?P<name>[a-z_]+) (?P<type>interval|integer|numeric|text) = (?P<default>.+)"
)


class CheckFileError(MaintError):
    """A check file is not written as checks are."""


@dataclass(frozen=True)
class Threshold:
    """A number or a time that a check compares with, unless an administrator sets another."""

    name: str
    type: str
    default: str


@dataclass(frozen=True)
class Check:
    """One check, as its file says."""

    name: str
    category: str
    title: str
    severity: str
    because: str
    needs: tuple[str, ...]
    description: str
    remediation: str
    cannot_see: str
    query: str
    thresholds: tuple[Threshold, ...] = ()
    of_server: bool = False
    also_in: tuple[str, ...] = ()


def load_checks(folder: Path = Path(__file__).parent) -> list[Check]:
    """Read all check files.

    Args:
        folder: holds one folder for each category.

    Returns:
        The checks, by category and name.

    Raises:
        CheckFileError: a file's header is incomplete or has an unknown field.
    """
    return [
        parse_check(path.stem, category, path.read_text(encoding="utf-8"))
        for category in CATEGORIES
        for path in sorted((folder / category).glob("*.sql"))
    ]


def parse_check(name: str, category: str, text: str) -> Check:
    """Read one check file.

    Args:
        name: the file's name without ending.
        category: the folder it is in.
        text: what the file says.

    Raises:
        CheckFileError: as for `load_checks`.
    """
    header, query = _split(text)
    fields = _header_fields(header)
    if wrong := set(fields) - _OPTIONAL_FIELDS ^ _FIELDS:
        unknown = ", ".join(sorted(wrong))
        raise CheckFileError(f"{category}/{name}.sql: fields missing or unknown: {unknown}")
    severity, _, because = fields.pop("severity").partition(", because ")
    if not because:
        raise CheckFileError(f"{category}/{name}.sql: write why, as severity: high, because ...")
    needs = tuple(part.strip() for part in fields.pop("needs").split(",") if part.strip())
    thresholds = tuple(
        _parse_threshold(f"{category}/{name}.sql", part.strip())
        for part in fields.pop("thresholds", "").split(";")
        if part.strip()
    )
    scope = fields.pop("scope", "database")
    if scope not in ("database", "server"):
        raise CheckFileError(f"{category}/{name}.sql: a scope is server, not {scope!r}")
    also_in = tuple(part.strip() for part in fields.pop("also in", "").split(",") if part.strip())
    if strange := set(also_in) - set(CATEGORIES):
        raise CheckFileError(f"{category}/{name}.sql: there is no category {min(strange)}")
    return Check(
        of_server=scope == "server",
        name=name, category=category, severity=severity, because=because, needs=needs, query=query,
        thresholds=thresholds, also_in=also_in, cannot_see=fields.pop("cannot see"), **fields,
    )  # fmt: skip


def _parse_threshold(file: str, text: str) -> Threshold:
    match = _THRESHOLD.fullmatch(text)
    if match is None:
        raise CheckFileError(f"{file}: a threshold is NAME TYPE = DEFAULT, not {text!r}")
    return Threshold(**match.groupdict())


def _split(text: str) -> tuple[list[str], str]:
    lines = text.strip().splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return [line[2:] for line in lines[:end]], "\n".join(lines[end:]).strip().removesuffix(";")


def _header_fields(header: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    current = ""
    for line in header:
        if line.startswith("     "):
            fields[current] += " " + line.strip()
        else:
            current, _, value = (part.strip() for part in line.partition(":"))
            fields[current] = value
    return fields
