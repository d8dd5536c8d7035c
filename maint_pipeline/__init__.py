"""Maintenance for PostgreSQL applications, run and recorded by Dagster.

For a Dagster deployment of your own:

    from maint_pipeline import Maintenance, maintenance_definitions

or, in a project of `dg`, a defs.yaml with `type: maint_pipeline.MaintenanceComponent`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maint_pipeline.component import MaintenanceComponent
    from maint_pipeline.library import maintenance_definitions
    from maint_pipeline.resources import Maintenance

__all__ = ["Maintenance", "MaintenanceComponent", "maintenance_definitions"]

_PLACES = {
    "Maintenance": "maint_pipeline.resources",
    "MaintenanceComponent": "maint_pipeline.component",
    "maintenance_definitions": "maint_pipeline.library",
}


def __getattr__(name: str) -> Any:
    # Imported when asked for: the command line needs no Dagster to print its help.
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    # `dg` finds components so.
    return sorted({*globals(), *__all__})
