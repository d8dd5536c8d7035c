"""Reading check files and turning them into the SQL that installs them.

A check file is named after its check and starts with a header of comments::

    -- title: Organization without enabled backup
    -- severity: high, because what the organization stores would be lost with the database
    -- needs: public.orgs, public.backup_settings
    -- description: What it detects and why that matters,
    --     on as many indented lines as it takes.
    -- remediation: What to do about it.
    -- thresholds: after interval = 26 hours; beyond integer = 5

`needs` names relations, and functions with their argument types. Where one is missing or closed to
us, the check is not applicable. Thresholds are optional: names with a type (interval, integer,
numeric, text) and a default, which an administrator can change in `maint.check_thresholds`; the
query reads them as variables, `_after` and `_beyond` here.

One query follows. It returns `object` (the stable identity of what has the problem), `detail` (one
sentence for people), `metadata` (jsonb). It may return `severity`, where that differs by row, and
`fix`, the statements that end this very finding, where somebody may simply run them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from maint_pipeline.errors import MaintError

CATEGORIES = ("security", "backups")
_FIELDS = {"title", "severity", "needs", "description", "remediation"}
_OPTIONAL_FIELDS = {"thresholds"}
_THRESHOLD = re.compile(
    r"(?P<name>[a-z_]+) (?P<type>interval|integer|numeric|text) = (?P<default>.+)"
)

# The body is a string, so nothing depends on the application's columns and its own migrations
# stay free (docs/decisions/0002). to_jsonb(): the query may or may not return severity and fix.
# Variables, because the planner knows their values: it estimates ranges of time by them.
_INSTALL = """\
create or replace function maint.{function}() returns setof maint.finding
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as {body};

create or replace view maint.{function} as
select name, title, severity, category, object, detail, remediation, fingerprint, metadata
from maint.{function}();

insert into maint.checks (name, title, category, severity, description, remediation, needs)
values ({name}, {title}, {category}, {severity}, {description}, {remediation}, {needs})
on conflict (name) do update
set title = excluded.title, category = excluded.category, severity = excluded.severity,
    description = excluded.description, remediation = excluded.remediation, needs = excluded.needs;
"""

# A default that changed with the version is taken over, a value of the administrator's stays.
_INSTALL_THRESHOLD = """\
insert into maint.check_thresholds (check_name, name, type, default_value)
values ({check}, {name}, {type}, {default})
on conflict (check_name, name) do update
set type = excluded.type, default_value = excluded.default_value;
"""

_REMOVE_THRESHOLDS = """\
delete from maint.check_thresholds where check_name = {check} and name <> all ({names}::text[]);
"""

_BODY = """
#variable_conflict use_column
declare
{variables}
begin
return query
select {name}::text, {title}::text, coalesce(to_jsonb(seen) ->> 'severity', {severity}),
    {category}::text, seen.object::text, seen.detail::text, {remediation}::text,
    {name} || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
{query}
) as seen;
end
"""

_VARIABLE = "    {variable} {type} := maint.threshold({check}, {name});"

_REMOVE_OTHERS = """\
delete from maint.checks where name <> all ({names});

do $$
declare
    _stale regprocedure;
begin
    for _stale in
        select oid::regprocedure from pg_proc
        where pronamespace = 'maint'::regnamespace and prorettype = 'maint.finding'::regtype
            and proname like 'check\\_%'
            and not exists (select from maint.checks where 'check_' || name = proname)
    loop
        execute format('drop view if exists maint.%I', (
            select proname from pg_proc where oid = _stale));
        execute format('drop function %s', _stale);
    end loop;
end
$$;
"""


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
    query: str
    thresholds: tuple[Threshold, ...] = ()


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
    return Check(
        name=name, category=category, severity=severity, because=because, needs=needs, query=query,
        thresholds=thresholds, **fields,
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


def catalog_script(checks: list[Check]) -> str:
    """Give the SQL that installs these checks and removes all others.

    Args:
        checks: the whole catalogue.

    Returns:
        A script to run as `maint_owner`; running it again changes nothing.
    """
    names = sql.Literal([check.name for check in checks]).as_string()
    # A check may name relations that this database doesn't have: it is then not applicable.
    return "\n".join(
        ["set local check_function_bodies = off;"]
        + [_install_statement(check) for check in checks]
        + [sql.SQL(_REMOVE_OTHERS).format(names=sql.SQL(names)).as_string()]
    )


def _install_statement(check: Check) -> str:
    literals = {
        field: sql.Literal(getattr(check, field))
        for field in ("name", "title", "category", "severity", "description", "remediation")
    }
    variables = sql.SQL("\n").join(
        sql.SQL(_VARIABLE).format(
            variable=sql.Identifier(f"_{threshold.name}"),
            type=sql.SQL(threshold.type),
            check=literals["name"],
            name=sql.Literal(threshold.name),
        )
        for threshold in check.thresholds
    )
    query = sql.SQL(check.query)
    body = sql.SQL(_BODY).format(**literals, variables=variables, query=query).as_string()
    install = sql.SQL(_INSTALL).format(
        function=sql.Identifier(f"check_{check.name}"),
        body=sql.Literal(body),
        needs=sql.Literal(list(check.needs)),
        **literals,
    )
    names = sql.Literal([threshold.name for threshold in check.thresholds])
    parts = [
        install,
        sql.SQL(_REMOVE_THRESHOLDS).format(check=literals["name"], names=names),
        *(
            sql.SQL(_INSTALL_THRESHOLD).format(
                check=literals["name"],
                name=sql.Literal(threshold.name),
                type=sql.Literal(threshold.type),
                default=sql.Literal(threshold.default),
            )
            for threshold in check.thresholds
        ),
    ]
    return "\n".join(part.as_string() for part in parts)
