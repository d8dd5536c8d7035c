"""Tags of runs, jobs and ops: what each says."""

from __future__ import annotations

TRIGGER_TAG = "maint/trigger"
"""What launched a run, where Dagster's own tags don't say it."""

USER_TAG = "maint/user"
"""Who launched a run, as the command line says it, or as a proxy signed them in."""

WINDOW_TAG = "maint/window"
"""The open maintenance windows that bind a run."""

WINDOW_CLOSES_TAG = "maint/window_closes"
"""When the maintenance window of a scheduled run closes: heavy work stops then."""

SCHEDULED_FOR_TAG = "maint/scheduled_for"
LATE_TAG = "maint/late_seconds"

RESULT_TAG = "maint"
"""What a run did, in a few words. The list of runs shows it, first and as much as its column holds:
at 1280 pixels some 25 characters with this name."""

TASK_TAG = "maint/task"
"""The task that a run does, dry runs too."""

MOST_OF_A_TAG = 250

GROUP_TAG = "maint/group"
"""On the op and the job of a task: what kind of work it is."""

HEAVY_TAG = "maint/heavy"
"""On the op of a task that maintenance windows without a list of tasks bind."""

NEEDS_TAG = "maint/needs"
"""On the op of a task: the setting without which its schedule has nothing to do."""

ON_REQUEST_TAG = "maint/on_request"
"""On the op of a task that runs only when somebody asks for it."""

ROOT_TAG = "dagster/root_run_id"
"""Of a run that was started again: the first one."""

RESUMED_TAG = "dagster/is_resume_retry"
"""`true` for a run that does only what failed before."""

RANGE_START_TAG = "dagster/asset_partition_range_start"
RANGE_END_TAG = "dagster/asset_partition_range_end"

RANGE_TAG = "maint/range"
"""On a run over databases of the registry; Dagster limits how many work at a time."""
