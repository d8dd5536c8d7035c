"""Maintenance as a component for projects that are laid out by Dagster's `dg`.

Annotations are real ones here, because Dagster makes the YAML's form of them.
"""

from typing import Any, Literal

from dagster import Component, ComponentLoadContext, Definitions, EnvVar, Model, Resolvable
from pydantic import Field

from maint_pipeline.library import maintenance_definitions
from maint_pipeline.resources import Maintenance

_VARIABLE = "_variable"


class MaintenanceComponent(Component, Model, Resolvable):
    """Maintenance of one PostgreSQL database: retention, checks, backups, alerts."""

    prefix: str = Field(
        default="", description="Goes before asset keys and the names of jobs and schedules."
    )
    schedules: dict[str, str | None] = Field(
        default={},
        description="Other crons than the recommended ones, by task; null for no schedule.",
    )
    database_url_variable: str = Field(
        description="Environment variable with the URL of the role maint_worker, as "
        "maint migrate --print-worker-url prints it."
    )
    owner_database_url_variable: str | None = Field(
        default=None,
        description="Environment variable with the URL of a role that can act as tables' owner.",
    )
    notify_urls_variable: str | None = Field(
        default=None, description="Environment variable with the channels that get alerts."
    )
    notify_min_severity: Literal["low", "medium", "high", "critical"] = Field(
        default="medium", description="From which severity on channels get alerts."
    )
    archive_url: str | None = Field(default=None, description="Where archived rows go.")
    restore_source: str | None = Field(default=None, description="Backups for verify_restore.")
    scratch_dir: str | None = Field(
        default=None, description="Folder with room for a restored backup."
    )
    ui_url: str | None = Field(
        default=None, description="Address of the Dagster UI, for links in messages."
    )
    docs_url: str | None = Field(default=None, description="Where the guides are served.")
    timezone: str = Field(default="UTC", description="Time zone of schedules and reports.")

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """Give what `maintenance_definitions` gives. Secrets are read when a run starts.

        Args:
            context: of Dagster's loader; not needed.
        """
        return maintenance_definitions(
            Maintenance(**self._fields()), prefix=self.prefix, schedules=self.schedules
        )

    def _fields(self) -> dict[str, Any]:
        given = {
            name: value
            for name, value in self.model_dump(exclude={"prefix", "schedules"}).items()
            if value is not None
        }
        return {
            name.removesuffix(_VARIABLE): EnvVar(value) if name.endswith(_VARIABLE) else value
            for name, value in given.items()
        }
