"""What maintenance asks of the Dagster that it runs in, by Dagster's public interface alone."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime

from dagster import AssetKey, DagsterInstance, DagsterRun


class DagsterHost:
    """A Dagster deployment that others run.

    Our own code location knows more of its Dagster, and gives `internals.host.OwnHost` instead.

    Attributes:
        is_ours: whether all runs in it are maintenance's to prune, or only those of its tasks.
    """

    is_ours = False

    def delete_runs(self, instance: DagsterInstance, run_ids: Sequence[str]) -> int | None:
        """Delete runs with all of their events, materializations too.

        Args:
            instance: of which they are.
            run_ids: of runs that have ended.

        Returns:
            How many events were deleted; None where that is not known.
        """
        for run_id in run_ids:
            instance.delete_run(run_id)
        return None

    def purge_ticks(self, instance: DagsterInstance, before: datetime) -> None:
        """Delete ticks of schedules and sensors; here that is left to `retention` in dagster.yaml.

        Args:
            instance: of which they are.
            before: aware; younger ones stay.
        """

    def report_past(
        self, instance: DagsterInstance, key: AssetKey, figures: Mapping[str, float], at: datetime
    ) -> bool:
        """Store a materialization of the past; here nothing, because Dagster would date it now.

        Args:
            instance: where to.
            key: of the asset.
            figures: what the UI plots.
            at: when it happened, aware.

        Returns:
            Whether it was stored.
        """
        return False

    def is_ending(self) -> bool:
        """Return whether this process is to end; long work stops then."""
        return not threading.main_thread().is_alive()

    def resumes(self, instance: DagsterInstance, run: DagsterRun) -> bool:
        """Return whether Dagster itself carries on with a run whose process has died.

        Args:
            instance: of the run.
            run: which is in progress.
        """
        return False
