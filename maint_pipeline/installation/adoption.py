"""Adopting an existing database: what is found and proposed, then one confirmation for all of it.

It is above the other packages, as `installation` is. Inspecting changes nothing; accepting
migrates, and maps the relations that most likely are the sources. Retention policies are only
proposed: a table that becomes the audit log here keeps all its rows until somebody enables the
policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from maint_pipeline.checks.catalog import Check, load_checks
from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import Connection, connect, reading_only
from maint_pipeline.errors import MaintError
from maint_pipeline.installation.install import install, plan
from maint_pipeline.retention.policies import set_policy_enabled
from maint_pipeline.retention.suggest import PolicySuggestion, suggest_policies
from maint_pipeline.sources.likeness import COLUMNS
from maint_pipeline.sources.parts import parse_relation
from maint_pipeline.sources.setting import map_relation
from maint_pipeline.sources.suggest import suggest_sources
from maint_pipeline.sources.suggestion import Suggestion

ACCEPTED_CONFIDENCE = 0.7
"""From here on one confirmation maps a proposed source; below, somebody has to choose it."""

_AUDIT_POLICY = "cleanup_old_audit_logs"


@dataclass(frozen=True)
class Line:
    """One thing that adopting does, or leaves to somebody.

    Attributes:
        step: `change`, `source`, `policy`, `check` or `next`.
        object: what it is about.
        state: `planned`, `done`, `failed`; of sources also `in use`, `alternative`, `closed`; of
            policies `proposed`; of checks `applicable` and `not applicable`; of next steps `open`.
        detail: as text.
        command: what does the same by hand; None if there is none.
    """

    step: str
    object: str
    state: str
    detail: str
    command: str | None = None


@dataclass(frozen=True)
class Adoption:
    """What was found in a database, and what one confirmation would do.

    Attributes:
        changes: what migrating touches and leaves out; empty where the database is current.
        sources: as `suggest_sources` gives them.
        policies: as `suggest_policies` gives them.
    """

    changes: list[str]
    sources: list[Suggestion]
    policies: list[PolicySuggestion]

    @property
    def accepted(self) -> list[Suggestion]:
        """The sources that one confirmation maps."""
        return [source for source in self.sources if _is_accepted(source)]

    @property
    def is_settled(self) -> bool:
        """Whether confirming would change nothing."""
        return not self.changes and not self.accepted


def look(urls: ApplicationUrls, trust: Sequence[str] = (), replace: Sequence[str] = ()) -> Adoption:
    """Look at a database, changing nothing.

    Args:
        urls: how it is reached.
        trust: as for `install`.
        replace: as for `install`.

    Raises:
        MaintError: something keeps it from being migrated; the message says what to do first.
    """
    script = plan(urls.administrator, trust, replace)
    header = script.partition("\n\n")[0].splitlines()
    with _administrator(urls) as connection, reading_only(connection):
        sources, policies = suggest_sources(connection), suggest_policies(connection)
    return Adoption([line.removeprefix("--").strip() for line in header], sources, policies)


def accept(
    urls: ApplicationUrls,
    adoption: Adoption,
    report: Callable[[str], None],
    trust: Sequence[str] = (),
    replace: Sequence[str] = (),
) -> Iterator[Line]:
    """Do what was confirmed: migrate, and map the accepted sources one by one.

    Args:
        urls: how the database is reached.
        adoption: what `look` gave.
        report: called with a short text for each step of the migration.
        trust: as for `install`.
        replace: as for `install`.

    Yields:
        A line for the migration and for each source; one that fails doesn't stop the others.

    Raises:
        MaintError: the migration failed.
    """
    if adoption.changes:
        install(urls.administrator, report, trust=trust, replace=replace)
        yield Line("change", "database", "done", "migrated to this version")
    if not adoption.accepted:
        return
    with (
        closing(connect(urls.worker, application_name="maint adopt")) as connection,
        _administrator(urls) as administrator,
    ):
        for source in adoption.accepted:
            yield _map(connection, administrator, source)


def _map(connection: Connection, administrator: Connection, source: Suggestion) -> Line:
    named = f"{source.part}: {source.relation}"
    try:
        if source.part == "audit_log":
            # Before it has a table to delete from.
            set_policy_enabled(connection, _AUDIT_POLICY, enabled=False)
        relation = parse_relation(connection, source.relation)
        granted = map_relation(connection, administrator, source.part, relation, source.columns)
    except MaintError as error:
        return Line("source", named, "failed", str(error), source.command)
    detail = "mapped" if not granted else f"mapped; granted first: {'; '.join(granted)}"
    return Line("source", named, "done", detail, source.command)


def lines(adoption: Adoption) -> Iterator[Line]:
    """Say what was found and what confirming would do.

    Args:
        adoption: what `look` gave.

    Yields:
        Lines, in the order in which somebody reads them.
    """
    for change in adoption.changes:
        yield Line("change", "database", "planned", change)
    for source in adoption.sources:
        state = source.state
        if state == "proposed":
            state = "planned" if _is_accepted(source) else "alternative"
        reasons = [f"confidence {source.confidence:.2f}", *source.reasons]
        if source.problem:
            reasons.append(f"not as it is: {source.problem}")
        detail = "; ".join(reasons)
        yield Line("source", f"{source.part}: {source.relation}", state, detail, source.command)
    yield from _check_lines(adoption)
    logs = {source.relation for source in adoption.accepted if source.part == "audit_log"}
    if logs:
        detail = (
            "it would delete what is older than 90 days from the audit log, and stays disabled: "
            f"maint policies preview {_AUDIT_POLICY} shows what would be deleted"
        )
        enable = f"maint policies enable {_AUDIT_POLICY}"
        yield Line("policy", _AUDIT_POLICY, "proposed", detail, enable)
    for policy in adoption.policies:
        if policy.relation in logs:
            continue
        freed = policy.would_free_rows
        would = "its effect is unknown" if freed is None else f"would delete {freed:,} rows"
        detail = "; ".join([f"keep {policy.keep}", would, *policy.reasons])
        yield Line("policy", policy.relation, "proposed", detail, policy.command)


def _check_lines(adoption: Adoption) -> Iterator[Line]:
    """Say which checks will be applicable, as far as the sources show."""
    playing = {
        source.part: {"", *source.columns}
        for source in adoption.sources
        if source.state == "in use" or _is_accepted(source)
    }
    checks = load_checks()
    missing = {check.name: _missing(check, playing) for check in checks}
    looked = sum(not needs for needs in missing.values())
    yield Line("check", f"{looked} of {len(checks)} checks", "applicable", "listed by maint checks")
    for part in COLUMNS:
        names = [name for name, needs in missing.items() if part in needs]
        if names:
            detail = f"{', '.join(names)}: no table is mapped to {part}, or columns are missing"
            yield Line(
                "check", f"{len(names)} checks", "not applicable", detail,
                f"maint sources set {part} --relation SCHEMA.NAME, or --none",
            )  # fmt: skip


def _missing(check: Check, playing: dict[str, set[str]]) -> set[str]:
    """Give the parts that a check needs and that nothing plays well enough."""
    needs = (need.partition(".") for need in check.needs)
    return {
        part for part, _, column in needs if part in COLUMNS and column not in playing.get(part, ())
    }


def _is_accepted(source: Suggestion) -> bool:
    # Who is an administrator is never guessed, and where alerts go is decided by migrating.
    return (
        source.state == "proposed"
        and source.command is not None
        and source.part not in ("admin_test", "security_alerts")
        and source.confidence >= ACCEPTED_CONFIDENCE
    )


@contextmanager
def _administrator(urls: ApplicationUrls) -> Iterator[Connection]:
    with closing(
        connect(urls.administrator, application_name="maint adopt", as_owner=False)
    ) as opened:
        yield opened
