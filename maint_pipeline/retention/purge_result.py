"""What a purge returns: the names of its figures, and which are left out when empty."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from maint_pipeline.retention.partitions import Partitions
from maint_pipeline.retention.progress import PurgeProgress

if TYPE_CHECKING:
    from maint_pipeline.retention.archiving import ArchivingPurge


def counts(progress: PurgeProgress, partitions: Partitions) -> dict[str, Any]:
    """Give what was deleted and what stayed.

    Args:
        progress: of the walk over the blocks.
        partitions: with those that were dropped, and what went wrong with them.

    Returns:
        As `Purge.run` has it, from `deleted_count` to `longest_batch_seconds`.
    """
    dropped = partitions.dropped
    guessed = sum(row["rows"] for row in dropped if row["is_guess"])
    return {
        "deleted_count": progress.deleted + sum(row["rows"] for row in dropped),
        **({"partitions_dropped": dropped} if dropped else {}),
        **({"guessed_rows": guessed} if guessed else {}),
        **({"partition_problems": partitions.problems} if partitions.problems else {}),
        "locked_left": progress.locked_left,
        "refused": progress.refused,
        **({"refusal": progress.refusal} if progress.refusal else {}),
        "held": progress.held,
        "batches": progress.batches,
        "longest_batch_seconds": round(progress.longest_batch_seconds, 4),
    }


def archived(archiving: ArchivingPurge) -> dict[str, Any]:
    """Give what was written to the archive, and where."""
    return {
        "archived_rows": archiving.rows,
        "archived_bytes": archiving.size,
        "archive_files": archiving.files,
        "archive": f"{archiving.archive.root}/{archiving.folder}",
    }


def unfinished(progress: PurgeProgress, until: datetime) -> dict[str, Any]:
    """Say that a purge was stopped, and how far it came.

    Args:
        progress: so far.
        until: when it was to stop.
    """
    return {
        "unfinished": f"stopped at {until:%Y-%m-%d %H:%M %Z}, when the maintenance window "
        "closed; the next run goes on",
        "walked_percent": round(100 * progress.fraction, 1),
    }
