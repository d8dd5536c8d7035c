"""Who launched a run in Dagster's UI: whom the proxy in front of it signed in, as a tag of the run.

Dagster's web server has no login. Used where MAINT_USER_HEADER names the proxy's header.
"""

from __future__ import annotations

from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext
from dagster._core.storage.dagster_run import DagsterRun
from dagster._core.workspace.context import WorkspaceRequestContext

from maint_pipeline.instance.tags import MOST_OF_A_TAG, USER_TAG
from maint_pipeline.settings import load_settings


class SignedInUserCoordinator(QueuedRunCoordinator):
    """Dagster's own queue; each run that the web server launches is tagged with its user."""

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Tag a run, and queue it.

        Args:
            context: the run, and the request that launched it. Without a request (schedules,
                sensors) no user is concerned.
        """
        header = load_settings().user_header
        workspace = context.workspace
        if header and isinstance(workspace, WorkspaceRequestContext) and workspace.source:
            # Without the header too: the tag may have been typed, or be of the run before.
            user = context.get_request_header(header) or ""
            tags = {USER_TAG: user[:MOST_OF_A_TAG]}
            self._instance.add_run_tags(context.dagster_run.run_id, tags)
        return super().submit_run(context)
