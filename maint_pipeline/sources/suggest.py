"""Which relation may play which part, as far as the catalogs tell. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from maint_pipeline.checks.catalog import Check, load_checks
from maint_pipeline.database.connection import Connection
from maint_pipeline.sources.admin_tests import suggest_admin_tests
from maint_pipeline.sources.catalog import Relation, read_functions, read_relations
from maint_pipeline.sources.command_line import command
from maint_pipeline.sources.evidence import Evidence, Surroundings
from maint_pipeline.sources.likeness import COLUMNS, DEFAULTS, lacking, matched
from maint_pipeline.sources.mapping import mapping
from maint_pipeline.sources.suggestion import LEAST_CONFIDENCE, Suggestion
from maint_pipeline.sources.weighing import WEIGH

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
    around = Surroundings({relation.oid: relation for relation in relations})
    found = [
        suggestion
        for part in COLUMNS
        for relation in relations
        if not relation.is_platform
        for suggestion in _weighed(part, relation, around)
    ]
    found += suggest_admin_tests(read_functions(connection))
    order = {part: number for number, part in enumerate([*COLUMNS, "admin_test"])}
    found.sort(key=lambda s: (order[s.part], s.state != "in use", -s.confidence, s.relation))
    return list(_ranked(found))


def _ranked(found: list[Suggestion]) -> Iterator[Suggestion]:
    """Leave one proposal for each part, none where a relation is in use."""
    settled: set[str] = set()
    for suggestion in found:
        if suggestion.state == "proposed" and suggestion.part in settled:
            suggestion = replace(suggestion, state="alternative")  # noqa: PLW2901
        if suggestion.state != "closed":
            settled.add(suggestion.part)
        yield suggestion


def _weighed(part: str, relation: Relation, around: Surroundings) -> Iterator[Suggestion]:
    found = matched(relation, part)
    if lacking(part, found):
        return
    evidence = WEIGH[part](relation, found, around)
    if evidence.confidence >= LEAST_CONFIDENCE:
        columns = mapping(part, relation, found, around)
        yield _suggestion(part, relation, columns, evidence)


def _suggestion(
    part: str, relation: Relation, columns: dict[str, str], evidence: Evidence
) -> Suggestion:
    problem = relation.closed_because
    is_default = relation.quoted == DEFAULTS[part] and all(
        theirs.strip('"') == ours for ours, theirs in columns.items()
    )
    options = [word for pair in columns.items() for word in ("--column", "=".join(pair))]
    words = ["maint", "sources", "set", part, "--relation", relation.quoted, *options]
    return Suggestion(
        part=part,
        relation=relation.quoted,
        state="closed" if problem else "in use" if is_default else "proposed",
        confidence=evidence.confidence,
        reasons=evidence.reasons,
        columns=columns,
        problem=problem,
        command=None if problem or is_default else command(words),
        enables=[] if problem else _reading(part),
    )


def _reading(part: str) -> list[str]:
    """Name the checks and tasks that read a part."""
    checks = [check.name for check in _checks() if DEFAULTS[part] in check.needs]
    return checks + _TASKS.get(part, [])


@cache
def _checks() -> list[Check]:
    return load_checks()
