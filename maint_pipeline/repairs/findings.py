"""What a check sees now, asked in a session that may do more than `maint_owner`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from maint_pipeline.database.confined import query_confined
from maint_pipeline.database.connection import OWNER_ROLE, Connection
from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.recognize import Step, recognize

_LOOK = """
select jsonb_build_object(
    'missing', maint.missing_needs(checks.needs),
    'findings', case when maint.missing_needs(checks.needs) = '{{}}'
        then maint.all_findings(checks.name) end)
from maint.checks
where checks.name = {}
"""


@dataclass(frozen=True)
class Repair:
    """A finding with the statements that end it.

    Args:
        finding: as the check reports it.
        steps: its statements.
    """

    finding: dict[str, Any]
    steps: list[Step]

    @property
    def judge(self) -> tuple[str, str]:
        """The class of the repair and why: that of its worst statement."""
        return max(step.shape.judge for step in self.steps)

    @property
    def alone(self) -> bool:
        """Whether a statement of it can't be in a transaction."""
        return any(step.shape.alone for step in self.steps)

    @property
    def fingerprint(self) -> str:
        """The identity of the finding."""
        return str(self.finding["fingerprint"])


def findings_now(connection: Connection, check: str) -> dict[str, dict[str, Any]]:
    """Evaluate a check as `maint_owner`, so that nothing it runs can leave that role.

    Args:
        connection: of a role that may act as `maint_owner`.
        check: its name.

    Returns:
        The findings by fingerprint, those that are ignored aside.

    Raises:
        RepairError: the check does not exist, or can't look: that is not the same as no finding.
    """
    answer = query_confined(connection, OWNER_ROLE, sql.SQL(_LOOK).format(check).as_string())
    # What code of that role may have left open would be run at the commit.
    connection.execute("close all")
    if answer is None:
        raise RepairError(f"There is no check {check}.")
    if answer["missing"]:
        raise RepairError(f"Check {check} can't look: {'; '.join(answer['missing'])}.")
    return {finding["fingerprint"]: finding for finding in answer["findings"]}


def repair_of(finding: dict[str, Any]) -> Repair | None:
    """Give the repair of a finding; None where its check advises no statements.

    Args:
        finding: as `findings_now` gives it.

    Raises:
        RepairError: it advises statements that repairs are not made of.
    """
    fix = finding["metadata"].get("fix")
    return Repair(finding, recognize(fix)) if fix else None
