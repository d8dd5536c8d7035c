"""Every command: importing this registers them all."""

from maint_pipeline.cli import (
    adopt,
    alerts,
    archive,
    baseline,
    changes,
    checks,
    daemon,
    figures,
    migrate,
    notifications,
    policies,
    servers,
    serving,
    sources,
    tasks,
    windows,
)

__all__ = [
    "adopt",
    "alerts",
    "archive",
    "baseline",
    "changes",
    "checks",
    "daemon",
    "figures",
    "migrate",
    "notifications",
    "policies",
    "servers",
    "serving",
    "sources",
    "tasks",
    "windows",
]
