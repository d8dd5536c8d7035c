"""The line that shows what a worker reports."""

from maint_pipeline.cli.tasks import _note, _progress_bar, figures_of


def test_numbers_and_words():
    progress = {"step": "restoring", "rows_deleted": 1234567, "rate": 0.5, "left": None}
    assert figures_of(progress) == "step restoring, rows deleted 1,234,567, rate 0.5, left None"


def test_a_bar_and_a_note_show_words_too():
    progress = {"step": "restoring", "fraction": 0.5}
    _progress_bar("verify_restore")(progress)
    row = {"status": "running", "details": {"progress": progress}, "error_message": None}
    assert _note(row) == "step restoring, fraction 0.5"
