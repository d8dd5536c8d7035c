"""Which relation may be which source, according to the catalogs. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from maint_pipeline.checks.catalog import Check, load_checks
from maint_pipeline.database.connection import Connection
from maint_pipeline.sources.admin_tests import roles_as_test, suggest_admin_tests
from maint_pipeline.sources.catalog import Relation, may_read, read_functions, read_relations
from maint_pipeline.sources.command_line import command
from maint_pipeline.sources.evidence import Evidence, Surroundings
from maint_pipeline.sources.likeness import COLUMNS, DEFAULTS, lacking, matched
from maint_pipeline.sources.mapping import mapping, relation_of_roles
from maint_pipeline.sources.suggestion import LEAST_CONFIDENCE, Suggestion
from maint_pipeline.sources.weighing import WEIGH

NONE = "none"
_CHOSEN = """
select part,
    case state when 'none' then %(none)s
        else format('%%I.%%I', table_schema, table_name) end as relation
from maint.sources
where state <> 'default'
"""
_TASKS = {
    "audit_log": ["cleanup_old_audit_logs"],
    "security_alerts": ["cleanup_old_security_alerts"],
}


def suggest_sources(connection: Connection) -> list[Suggestion]:
    """Propose relations for the parts that they may play, and tests of administrators.

    Reads catalogs and statistics only. Works before the first migration.

    Args:
        connection: as any role; the more it may see, the better.

    Returns:
        By part, the most confident first. What looks like a part and can't be used has a `problem`
        and no `command`.
    """
    relations = read_relations(connection)
    chosen = _chosen(connection)
    around = Surroundings({relation.oid: relation for relation in relations})
    found = [
        suggestion
        for part in COLUMNS
        if chosen.get(part) != NONE
        for relation in relations
        if not relation.is_platform
        for suggestion in _weighed(part, relation, around, chosen.get(part))
    ]
    tests = suggest_admin_tests(read_functions(connection))
    found += tests or list(roles_as_test(found))
    order = {part: number for number, part in enumerate([*COLUMNS, "admin_test"])}
    found.sort(key=lambda s: (order[s.part], s.state != "in use", -s.confidence, s.relation))
    return list(_with_readers(list(_ranked(found))))


def _ranked(found: list[Suggestion]) -> Iterator[Suggestion]:
    """Leave one proposal for each part, none where a relation is in use."""
    settled: set[str] = set()
    for suggestion in found:
        if suggestion.state == "proposed" and suggestion.part in settled:
            suggestion = replace(suggestion, state="alternative")  # noqa: PLW2901
        if suggestion.state != "closed":
            settled.add(suggestion.part)
        yield suggestion


def _chosen(connection: Connection) -> dict[str, str]:
    """Give what somebody has chosen: by part a relation, or `NONE`. Nothing before a migration."""
    if not may_read(connection, "sources"):
        return {}
    rows = connection.execute(_CHOSEN, {"none": NONE}).fetchall()
    return {row["part"]: row["relation"] for row in rows}


def _weighed(
    part: str, relation: Relation, around: Surroundings, chosen: str | None
) -> Iterator[Suggestion]:
    found = matched(relation, part)
    if lacking(part, found):
        return
    evidence = WEIGH[part](relation, found, around)
    if evidence.confidence >= LEAST_CONFIDENCE:
        columns = mapping(part, relation, found, around)
        is_default = chosen is None and relation.quoted == DEFAULTS[part]
        fits = all(
            found[ours.name].name == ours.name
            for ours in COLUMNS[part]
            if ours.name in found and (ours.is_read or ours.is_needed)
        )
        is_used = relation.quoted == chosen or (is_default and fits)
        roles = relation_of_roles(part, relation, found, around)
        suggestion = _suggestion(part, relation, columns, evidence, is_used=is_used)
        if roles and suggestion.command:
            suggestion = replace(suggestion, grant=f"grant select on {roles} to maint_owner")
        yield suggestion


def _suggestion(
    part: str,
    relation: Relation,
    columns: dict[str, str],
    evidence: Evidence,
    *,
    is_used: bool,
) -> Suggestion:
    problem = relation.closed_because
    if part == "security_alerts" and relation.quoted != DEFAULTS[part]:
        problem = f"only {DEFAULTS[part]} can be this source: our alerts have their own table"
    options = [word for pair in columns.items() for word in ("--column", "=".join(pair))]
    words = ["maint", "sources", "set", part, "--relation", relation.quoted, *options]
    return Suggestion(
        part=part,
        relation=relation.quoted,
        state="closed" if problem else "in use" if is_used else "proposed",
        confidence=evidence.confidence,
        reasons=evidence.reasons,
        columns=columns,
        problem=problem,
        command=None if problem or is_used else command(words),
    )


def _with_readers(found: list[Suggestion]) -> Iterator[Suggestion]:
    """Name the checks and tasks that would have all that they need, other parts as proposed."""
    columns = {s.part: set(s.columns) for s in found if s.state in ("in use", "proposed")}
    for suggestion in found:
        if suggestion.problem or suggestion.part not in COLUMNS:
            yield suggestion
            continue
        mapped = {**columns, suggestion.part: set(suggestion.columns)}
        checks = [
            check.name
            for check in _checks()
            for needed in [_needed(check)]
            if suggestion.part in needed
            and all(names <= mapped.get(part, set()) for part, names in needed.items())
        ]
        yield replace(suggestion, enables=checks + _TASKS.get(suggestion.part, []))


def _needed(check: Check) -> dict[str, set[str]]:
    """Give the columns that a check needs, by part."""
    needed: dict[str, set[str]] = {}
    for need in check.needs:
        part, _, name = need.partition(".")
        if part in COLUMNS:
            needed.setdefault(part, set()).add(name)
    return needed


@cache
def _checks() -> list[Check]:
    return load_checks()
