"""The weekly report of several databases: their figures added up, and a row for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.reports.figures import Figures, Rows

MOST = 20
"""Failed runs, and open alerts, that are named."""

_RUNS = ("completed", "failed", "other", "canceled", "deleted")
_COUNTS = (
    "open_alerts", "failed_runs", "resolved_alerts", "orgs_without_backup", "backups_overdue",
    "failed_backups",
)  # fmt: skip


@dataclass(frozen=True)
class OfDatabase:
    """A row of the report; null where the database did not answer.

    Attributes:
        name: of the database in the registry.
        figures: what happened there.
        problem: why nothing is known.
    """

    name: str
    figures: Figures | None
    problem: str = ""

    @property
    def shown(self) -> dict[str, Any]:
        """Give what its row shows."""
        if self.figures is None:
            return {"name": self.name, "problem": self.problem}
        sums = {key: sum(row[key] for row in self.figures.tasks) for key in _RUNS}
        return {"name": self.name, "problem": "", **sums, **self.figures.counts}


def added_up(databases: Iterable[OfDatabase]) -> Figures:
    """Add figures up. Failed runs and alerts name their database; what a disk holds is left out.

    Args:
        databases: those without figures are left out.
    """
    known = {one.name: one.figures for one in databases if one.figures is not None}
    failed = [
        {**row, "task_name": f"{name}: {row['task_name']}"}
        for name, figures in known.items()
        for row in figures.failed
    ]
    alerts = [
        {**row, "description": f"{name}: {row['description'] or row['title']}"}
        for name, figures in known.items()
        for row in figures.alerts
    ]
    failed.sort(key=lambda row: row["started_at"], reverse=True)
    alerts.sort(key=lambda row: (SEVERITIES.index(row["severity"]), row["created_at"]))
    proven = [figures.counts["last_proven_at"] for figures in known.values()]
    return Figures(
        tasks=_tasks(known),
        failed=failed[:MOST],
        days=_days(known),
        alerts=alerts[:MOST],
        counts={
            **{key: _sum(figures.counts[key] for figures in known.values()) for key in _COUNTS},
            # As good as the worst of them.
            "last_proven_at": min(proven) if proven and None not in proven else None,
        },
        storage=[],
        disk_days=[],
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _tasks(known: Mapping[str, Figures]) -> Rows:
    rows: dict[str, dict[str, Any]] = {}
    spent: dict[str, float] = defaultdict(float)
    for figures in known.values():
        for row in figures.tasks:
            added = rows.setdefault(
                row["task_name"], {"task_name": row["task_name"], **dict.fromkeys(_RUNS, 0)}
            )
            for key in _RUNS:
                added[key] += row[key]
            spent[row["task_name"]] += (row["seconds"] or 0) * row["completed"]
    return [
        {**row, "seconds": spent[name] / row["completed"] if row["completed"] else None}
        for name, row in sorted(rows.items())
    ]


def _days(known: Mapping[str, Figures]) -> Rows:
    days: dict[Any, dict[str, Any]] = {}
    for figures in known.values():
        for row in figures.days:
            day = days.setdefault(row["day"], {"day": row["day"]})
            for key in ("completed", "failed", "canceled", "deleted", "alerts"):
                day[key] = day.get(key, 0) + row[key]
    return [days[day] for day in sorted(days)]
