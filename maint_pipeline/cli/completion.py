"""What the shell offers when somebody presses Tab: names and ids that there are.

Each looks where its names come from and keeps silent about whatever goes wrong: a completion that
fails must not disturb the line that is being typed. The embedded server is asked only while it
runs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.cli.app import connected
from maint_pipeline.cli.cells import printable

_CHECKS = "select name as value, title as help from maint.checks order by name"
_POLICIES = (
    "select name as value, format('%I.%I', table_schema, table_name) as help "
    "from maint.retention_policies order by name"
)
_WINDOWS = "select name as value, time_zone as help from maint.maintenance_windows order by name"
_ALERTS = (
    "select left(id::text, 8) as value, description as help "
    "from maint.get_unresolved_security_alerts()"
)
_FINDINGS = (
    "select fingerprint as value, description as help "
    "from maint.get_unresolved_security_alerts() where fingerprint is not null"
)
_IGNORED = "select fingerprint as value, reason as help from maint.ignored_findings"
_RUNS = (
    "select left(id::text, 8) as value, task_name || ' ' || status as help "
    "from public.maintenance_task_runs order by started_at desc limit 50"
)

_API_ROLES = "select name as value, 'role of the API' as help from maint.api_roles()"

Offer = list[tuple[str, str]]


def _rows(query: str) -> Callable[[str], Offer]:
    def complete(incomplete: str) -> Offer:
        with suppress(Exception):
            return [row for row in _asked(query) if row[0].startswith(incomplete)]
        return []

    return complete


def _asked(query: str) -> Offer:
    from maint_pipeline.settings import load_settings

    settings = load_settings()
    if settings.database_url is None and not (settings.home / "postgres/postmaster.pid").exists():
        return []
    with connected() as (_, connection):
        rows = connection.execute(query).fetchall()
    return [(row["value"], printable((row["help"] or "").split("\n")[0])) for row in rows]


def _names(names: Callable[[], tuple[str, ...] | list[str]]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        with suppress(Exception):
            return [name for name in names() if name.startswith(incomplete)]
        return []

    return complete


def _task_names() -> list[str]:
    from maint_pipeline.ops import all_tasks

    return list(all_tasks())


complete_task = _names(_task_names)
complete_status = _names(lambda: ("running", "completed", "failed", "skipped", "canceled"))
complete_severity = _names(lambda: SEVERITIES)
complete_category = _names(lambda: ("security", "backups", "health", "maintenance"))
complete_check_category = _names(lambda: ("security", "backups", "health"))
complete_check = _rows(_CHECKS)
complete_policy = _rows(_POLICIES)
complete_window = _rows(_WINDOWS)
complete_alert = _rows(_ALERTS)
complete_finding = _rows(_FINDINGS)
complete_ignored = _rows(_IGNORED)
complete_run = _rows(_RUNS)
complete_api_role = _rows(_API_ROLES)
