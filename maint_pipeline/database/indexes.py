"""The indexes that we keep on tables which may be large already: built concurrently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maint_pipeline.database.columns import ALERTS_TABLE, LEDGER

BACKUP_RUNS = "public.backup_runs"

_TEXT = ("text", "character varying")
_MOMENT = ("timestamp with time zone",)
_TIME = (*_MOMENT, "timestamp without time zone", "date")
_COUNT = ("integer", "bigint", "smallint")
_ID = ("uuid", *_TEXT, *_COUNT)


@dataclass(frozen=True)
class Index:
    """An index that we keep on a table which may be large already.

    Attributes:
        name: its name, in schema public.
        table: with its schema.
        definition: what follows the table's name.
        optional: it only makes searches faster; left out where the table isn't ours to index.
        unless_led_by: a column; where another index begins with it, that one will do.
        needs: columns that a table of the application has to have for it, with the types that do.
    """

    name: str
    table: str
    definition: str
    optional: bool = False
    unless_led_by: str | None = None
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def unique(self) -> bool:
        """Whether it is a key, as its name says."""
        return self.name.endswith("_key")


INDEXES = (
    # One open alert for each fingerprint, whatever runs at the same moment.
    Index(
        "security_alerts_open_fingerprint_key",
        ALERTS_TABLE,
        "(fingerprint) where resolved is not true and fingerprint is not null",
    ),
    # The history page, newest first; and the look for lost runs, over the few that are running.
    Index("maintenance_task_runs_started_at_idx", LEDGER, "(started_at)"),
    Index(
        "maintenance_task_runs_running_idx",
        LEDGER,
        "(task_name) where status = 'running'",
    ),
    # The latest run of a task.
    Index(
        "maintenance_task_runs_task_name_idx",
        LEDGER,
        "(task_name, started_at)",
    ),
    # The latest success and the latest failure of a task, however many others came after it.
    Index(
        "maintenance_task_runs_outcome_idx",
        LEDGER,
        "(task_name, status, started_at)",
    ),
    # The row of a run that Dagster knows.
    Index(
        "maintenance_task_runs_dagster_run_id_idx",
        LEDGER,
        "(dagster_run_id) where dagster_run_id is not null",
    ),
    # maint.task_runs_by_day: some days of it.
    Index(
        "maintenance_task_runs_day_idx",
        LEDGER,
        "(((started_at at time zone 'UTC')::date))",
    ),
    # maint.failures_by_week: some weeks of it.
    Index(
        "maintenance_task_runs_week_idx",
        "public.maintenance_task_runs",
        "((date_trunc('week', started_at at time zone 'UTC')::date))",
    ),
    # What became of a finding before: whether it comes back.
    Index(
        "security_alerts_fingerprint_idx",
        ALERTS_TABLE,
        "(fingerprint, resolved_at) where fingerprint is not null",
    ),
    # The backup failure sensor and the checks, whatever the table's size: the few runs that are not
    # successes, an organization's latest successes, and successes with nothing in them.
    Index(
        "backup_runs_unfinished_idx",
        BACKUP_RUNS,
        "(status, coalesce(finished_at, started_at)) where status <> 'ok'",
        optional=True,
        needs={"status": _TEXT, "finished_at": _MOMENT, "started_at": _MOMENT},
    ),
    Index(
        "backup_runs_successes_idx",
        BACKUP_RUNS,
        "(org_id, started_at desc) include (rows_count, tables_count) where status = 'ok'",
        optional=True,
        needs={
            "org_id": _ID,
            "started_at": _TIME,
            "rows_count": _COUNT,
            "tables_count": _COUNT,
            "status": _TEXT,
        },
    ),
    Index(
        "backup_runs_empty_idx",
        BACKUP_RUNS,
        "(org_id) where status = 'ok' "
        "and (coalesce(rows_count, 0) = 0 or coalesce(file_url, '') = '')",
        optional=True,
        needs={"org_id": _ID, "status": _TEXT, "rows_count": _COUNT, "file_url": _TEXT},
    ),
    # Daily purges find what has expired (docs/decisions/0013): a few pages for millions of rows.
    Index(
        "audit_logs_time_brin_idx",
        "public.audit_logs",
        "using brin (time) with (autosummarize = on)",
        optional=True,
        unless_led_by="time",
        needs={"time": _TIME},
    ),
)
