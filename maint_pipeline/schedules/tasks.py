"""What schedules, sensors and the command line know of a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from maint_pipeline.settings import Settings, variable

if TYPE_CHECKING:
    from dagster import Config


@dataclass(frozen=True)
class Task:
    """A maintenance task, read from its op, its job and its schedule.

    Attributes:
        description: of its op.
        cron: of its schedule; None for a task that people start.
        off_cron: of a schedule that is off until somebody switches it on.
        group: what kind of work it is: retention, checks, backups, alerts, reports or upkeep.
        heavy: whether maintenance windows without a list of tasks bind it.
        needs: the field of `Settings` without which its schedule has nothing to do.
        config: what its op can be configured with; None where that isn't asked.
        spread: how long after a tick of its cron it may begin.
    """

    name: str
    cron: str | None
    group: str
    heavy: bool
    needs: str | None
    description: str = ""
    config: type[Config] | None = None
    spread: timedelta = timedelta(0)
    off_cron: str | None = None

    @property
    def form(self) -> type[Config]:
        """The Config of its op.

        Raises:
            TypeError: it was read from a calendar, which has none.
        """
        if self.config is None:
            raise TypeError(f"{self.name} was read without the Config of its op")
        return self.config

    def lacks(self, settings: Settings) -> str | None:
        """Name the environment variable that the task needs and that is not set."""
        return lacking_variable(self.needs, settings)


def lacking_variable(needs: str | None, settings: Settings) -> str | None:
    """Name the environment variable of a needed setting, where it is not set.

    Args:
        needs: a field of `Settings`, or None.
        settings: what is set.
    """
    if needs is None or getattr(settings, needs) is not None:
        return None
    return variable(needs, Settings.model_fields[needs])
