"""What a worker reports, and what a run did, in words."""

import pytest

from maint_pipeline.cli.progress import ProgressLine
from maint_pipeline.task_runs.results import advice_in_words, progress_in_words, result_in_words


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ({"step": "restoring", "bytes": 1234567, "left": None},
         "step restoring, bytes 1,234,567, left None"),
        ({"fraction": 0.14, "deleted_count": 154159, "expected_count": 1062345, "batches": 12,
          "rows_per_second": 9000, "seconds_left": 71},
         "154,159 of about 1,060,000 rows deleted (14 %), 1 min 11 s left"),
        ({"fraction": 0.5, "deleted_count": 1, "seconds_left": 0}, "1 row deleted (50 %)"),
        # More than was expected: then nobody knows how many there are.
        ({"deleted_count": 10, "expected_count": 9}, "10 rows deleted"),
        ({"fraction": 0.25, "checks": 20}, "25 %, checks 20"),
        ({"fraction": "half", "deleted_count": "many"}, "0 rows deleted"),
        ({}, ""),
    ],
)  # fmt: skip
def test_progress(progress, words):
    assert progress_in_words(progress) == words


def test_a_line_shows_words_too():
    ProgressLine("verify_restore")({"step": "restoring", "fraction": 0.5})


SO_FAR = {"progress": {"fraction": 0.7, "deleted_count": 761587, "expected_count": 1056900}}
STAY = "after 761,587 of about 1,060,000 rows deleted; these stay deleted, the next run goes on"
DENIED = "InsufficientPrivilege: permission denied for table x\nCONTEXT:  SQL statement"


@pytest.mark.parametrize(
    ("status", "details", "error", "words"),
    [
        ("completed", {"deleted_count": 88637}, None, "88,637 rows deleted"),
        ("completed", {"deleted_count": 1, "held": 2, "locked_left": 0, "refused": 3}, None,
         "1 row deleted, 3 refused, 2 on legal hold"),
        ("completed", {"deleted_count": 5, "policies": 2, "by_policy": {}}, None,
         "5 rows deleted by 2 policies"),
        ("completed", {"dry_run": True, "deleted_count": 0, "expired_count": 867051,
                       "expired_bytes": 2 * 1024**3}, None,
         "dry run: 867,051 rows (2,048 MB) would be deleted"),
        ("completed", {"dry_run": True, "policies": 2, "deleted_count": 0,
                       "by_policy": {"a": {"expired_count": 2}, "b": {"expired_count": 1}}}, None,
         "dry run: 3 rows (0 bytes) would be deleted"),
        ("completed", {"findings": 2, "alerts_created": 1, "alerts_resolved": 0}, None,
         "2 findings, 1 new alert, 0 resolved"),
        ("completed", {"failing_checks": 0}, None, "0 problems found"),
        ("completed", None, None, "done"),
        # The application may have written rows of its own.
        ("completed", [1, 2], None, "done"),
        ("completed", {"deleted_count": "many"}, None, "0 rows deleted"),
        ("skipped", {"reason": "already running"}, None, "already running"),
        ("running", SO_FAR, None, "761,587 of about 1,060,000 rows deleted (70 %)"),
        ("running", {}, None, "in progress"),
        ("canceled", SO_FAR, "canceled: interrupted", f"canceled {STAY}"),
        ("canceled", {}, "canceled: interrupted", "canceled"),
        ("failed", SO_FAR, DENIED, f"permission denied for table x {STAY}"),
        ("failed", {}, DENIED, "permission denied for table x"),
        ("failed", {}, None, "no error is recorded"),
    ],
)  # fmt: skip
def test_results(status, details, error, words):
    row = {"status": status, "details": details, "error_message": error}
    assert result_in_words(row) == words
    assert advice_in_words(row).startswith("Grant") is (error == DENIED)
