"""Rows in a terminal of any width: nothing is dropped, no id is cut."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest

from maint_pipeline.cli import output
from maint_pipeline.cli.layout import Rows

ID = UUID("6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b")
ROW = {
    "severity": "high", "name": "definer_function_callable", "status": "findings", "count": 1234567,
    "detail": "Function public.transfer_ownership runs as postgres and can be called by anon.",
    "fix": "revoke execute on function public.transfer_ownership from anon;",
    "id": ID, "at": datetime(2026, 11, 27, 12, tzinfo=UTC), "bytes": 1024**2 * 53, "on": True,
    "none": None, "list": ["a", "b"],
}  # fmt: skip


def shown(columns: int, names) -> str:
    written = io.StringIO()
    output._Console(file=written, width=columns).print(Rows([ROW, ROW], names))
    return written.getvalue()


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize(
    "names", [[*ROW], ["severity", "name", "detail", "id"], ["name", "detail", "fix", "id"], ["id"]]
)
def test_everything_is_there(columns, names):
    text = shown(columns, names)
    assert all(len(line.rstrip()) <= columns for line in text.splitlines())
    words = " ".join(text.split())
    for name in names:
        for word in str(ROW["detail"]).split() if name == "detail" else []:
            assert word in words
    assert words.count("6f0c1d0e") == (2 if "id" in names else 0)
    assert "definer_function_callable" in words or "name" not in names


def test_values_for_people():
    words = " ".join(shown(200, [*ROW]).split())
    assert "1,234,567" in words and "53.0 MB" in words and "a, b" in words and "yes" in words


def test_texts_stand_below_their_row_where_a_column_would_be_too_narrow():
    lines = shown(60, ["severity", "name", "id", "detail"]).splitlines()
    assert lines[0].split() == ["severity", "name", "id"]
    assert lines[1].split() == ["high", "definer_function_callable", "6f0c1d0e"]
    assert lines[2].startswith("    Function public.transfer_ownership")
