"""Our code location: all of maintenance, configured by the environment (library.py is the map)."""

from __future__ import annotations

from maint_pipeline.instance.internals.host import OwnHost
from maint_pipeline.library import maintenance_definitions
from maint_pipeline.resources import Maintenance

__all__ = ["defs", "maintenance_definitions"]

defs = maintenance_definitions(Maintenance(from_environment=True), host=OwnHost())
