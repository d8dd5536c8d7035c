"""Maintenance for PostgreSQL applications, run and recorded by Dagster.

For a Dagster deployment of your own:

    from maint_pipeline import Maintenance, maintenance_definitions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maint_pipeline.library import maintenance_definitions
    from maint_pipeline.resources import Maintenance

__all__ = ["Maintenance", "maintenance_definitions"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: the command line needs no Dagster to print its help.
    if name == "maintenance_definitions":
        from maint_pipeline.library import maintenance_definitions  # noqa: PLC0415

        return maintenance_definitions
    if name == "Maintenance":
        from maint_pipeline.resources import Maintenance  # noqa: PLC0415

        return Maintenance
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
