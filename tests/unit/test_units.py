"""Numbers with their units."""

import pytest

from maint_pipeline.units import bytes_in_words, counted, seconds_in_words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (10239, "10,239 bytes"), (10240, "10.0 kB"),
        (-20480, "-20.0 kB"), (53 * 1024**2, "53.0 MB"), (1024**4 * 12, "12.0 TB"),
        (1024**2 * 2500, "2,500 MB"), (1024**6 * 20, "20,480 PB"),
    ],
)  # fmt: skip
def test_bytes(count, words):
    assert bytes_in_words(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.04, "0.0 s"), (9.94, "9.9 s"), (12.4, "12 s"), (59.6, "1 min"), (200, "3 min 20 s"),
        (7500, "2 h 5 min"), (3600, "1 h"), (273600, "3 d 4 h"),
    ],
)  # fmt: skip
def test_seconds(seconds, words):
    assert seconds_in_words(seconds) == words


def test_counts():
    assert (counted(1, "row"), counted(0, "row"), counted(88637, "row")) == (
        "1 row", "0 rows", "88,637 rows",
    )  # fmt: skip
