"""Names of Dagster's private parts that we only write down: settings, tags, commands."""

from __future__ import annotations

LOCAL_ARTIFACTS = {"module": "dagster._core.storage.root", "class": "LocalArtifactStorage"}
NO_OUTPUT = {
    "module": "dagster._core.storage.noop_compute_log_manager",
    "class": "NoOpComputeLogManager",
}
"""Classes that dagster.yaml names."""

DAEMON_MODULE = "dagster._daemon"
"""What `python -m` runs as the daemon."""

REPOSITORY_TAG = {".dagster/repository": "__repository__@maint_pipeline"}
"""Dagster's own UI finds the runs of a code location's job by this tag."""
