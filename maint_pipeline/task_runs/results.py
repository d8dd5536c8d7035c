"""What a task run did, in one sentence, read from its row in the ledger.

The command line, the weekly report and the run page say it with these words, however a run ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maint_pipeline.error_hints import explain
from maint_pipeline.units import bytes_in_words, counted, seconds_in_words


def result_in_words(row: Mapping[str, Any]) -> str:
    """Say what a run did.

    Args:
        row: of the ledger: `status`, `details`, `error_message`.

    Returns:
        One sentence without a full stop, such as `88,637 rows deleted`; of a run in progress, how
        far it is.
    """
    details = _mapping(row["details"])
    progress = _mapping(details.get("progress"))
    match row["status"]:
        case "completed":
            return _completed(details)
        case "running":
            return progress_in_words(progress) or "in progress"
        case "canceled":
            return f"canceled{_so_far(progress)}"
        case "failed":
            return f"{explain(row['error_message'])[0].rstrip('.')}{_so_far(progress)}"
        case _:
            return str(details.get("reason") or row["error_message"] or "")


def advice_in_words(row: Mapping[str, Any]) -> str:
    """Say what to do about a failed run; empty for others, and where the error says it itself.

    Args:
        row: of the ledger: `status`, `error_message`.
    """
    return explain(row["error_message"])[1] if row["status"] == "failed" else ""


def progress_in_words(progress: Mapping[str, Any]) -> str:
    """Say how far a worker is: `154,159 of about 1,060,000 rows deleted (14 %), 1 min left`.

    Args:
        progress: as `TaskRun.report` takes it.
    """
    parts = []
    known = dict(progress)
    fraction, left = known.pop("fraction", None), known.pop("seconds_left", None)
    percent = f"{fraction:.0%}".replace("%", " %") if _is_number(fraction) else ""
    if "deleted_count" in known:
        for figure in ("batches", "rows_per_second"):
            known.pop(figure, None)
        parts.append(_deleted(known) + (f" ({percent})" if percent else ""))
        known = {n: v for n, v in known.items() if n not in ("deleted_count", "expected_count")}
    elif percent:
        parts.append(percent)
    parts += [f"{name.replace('_', ' ')} {_figure(value)}" for name, value in known.items()]
    if left and _is_number(left):
        parts.append(f"{seconds_in_words(left)} left")
    return ", ".join(parts)


def _completed(details: Mapping[str, Any]) -> str:
    if details.get("dry_run"):
        return _dry_run(details)
    if "deleted_count" in details:
        return _purged(details)
    if "findings" in details:
        return (
            f"{_counted(details, 'findings', 'finding')}, "
            f"{_counted(details, 'alerts_created', 'new alert')}, "
            f"{_count(details, 'alerts_resolved'):,} resolved"
        )
    return _of_other_tasks(details)


def _of_other_tasks(details: Mapping[str, Any]) -> str:
    """Recognise a task by its figures."""
    words = {
        "orgs_without_backup": f"{_counted(details, 'orgs_without_backup', 'organization')} "
        f"without a backup, {_counted(details, 'failed_backups', 'failed backup')}",
        "backup": f"{details.get('backup')} restores: {_counted(details, 'rows', 'row')}",
        "failing_checks": f"{_counted(details, 'failing_checks', 'problem')} found",
        "runs": f"{_counted(details, 'runs', 'run')} of Dagster deleted",
        "unmeasured": f"{_counted(details, 'relations', 'table')} measured, "
        f"{bytes_in_words(_count(details, 'bytes'))}"
        + (f", {locked:,} locked" if (locked := _count(details, "unmeasured")) else ""),
        "tables_done": f"{_counted(details, 'tables_done', 'table')} done"
        + (f", {left:,} left" if (left := _count(details, "tables_left")) else ""),
        "sent_to": f"sent to {_counted(details, 'sent_to', 'channel')}",
        "action": f"{details.get('action')}: {details.get('title', '')}",
    }
    return next((said for figure, said in words.items() if figure in details), "done")


def _dry_run(details: Mapping[str, Any]) -> str:
    if "runs" in details:
        return f"dry run: {_counted(details, 'runs', 'run')} of Dagster would be deleted"
    if "tables_due" in details:
        due = _counted(details, "tables_due", "table")
        return f"dry run: {due} ({bytes_in_words(_count(details, 'bytes'))}) would be visited"
    parts = _mapping(details.get("by_policy") or {"": details}).values()
    rows = sum(_count(_mapping(part), "expired_count") for part in parts)
    size = sum(_count(_mapping(part), "expired_bytes") for part in parts)
    return f"dry run: {counted(rows, 'row')} ({bytes_in_words(size)}) would be deleted"


def _purged(details: Mapping[str, Any]) -> str:
    words = f"{_counted(details, 'deleted_count', 'row')} deleted"
    if "policies" in details:
        policies = _count(details, "policies")
        words += f" by {policies} {'policy' if policies == 1 else 'policies'}"
    left = {"locked_left": "locked", "refused": "refused", "held": "on legal hold"}
    counts = {words: _count(details, name) for name, words in left.items()}
    remarks = [f"{count:,} {words}" for words, count in counts.items() if count]
    if "unfinished" in details:
        remarks.append("stopped when the maintenance window closed, the next run goes on")
    return ", ".join([words, *remarks])


def _so_far(progress: Mapping[str, Any]) -> str:
    if "deleted_count" not in progress:
        return ""
    return f" after {_deleted(progress)}; these stay deleted, the next run goes on"


def _deleted(progress: Mapping[str, Any]) -> str:
    count, expected = _count(progress, "deleted_count"), _count(progress, "expected_count")
    if expected <= count:
        return f"{counted(count, 'row')} deleted"
    return f"{count:,} of about {_about(expected)} rows deleted"


def _about(count: int) -> str:
    """Round an estimate to three digits."""
    digits = len(str(count)) - 3
    return f"{round(count, -digits) if digits > 0 else count:,}"


def _mapping(value: Any) -> Mapping[str, Any]:
    # The ledger may have rows that the application has written.
    return value if isinstance(value, Mapping) else {}


def _count(details: Mapping[str, Any], name: str) -> int:
    value = details.get(name)
    return int(value) if value is not None and _is_number(value) else 0


def _counted(details: Mapping[str, Any], name: str, what: str) -> str:
    return counted(_count(details, name), what)


def _figure(value: Any) -> str:
    return f"{value:,}" if _is_number(value) else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
