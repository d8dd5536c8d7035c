"""A short seed of each part of the soak, in a process of its own; `make soak` runs more."""

import subprocess
import sys

import pytest

FEW = {"kills": 2, "interruptions": 1, "failures": 20, "mails": 1, "lines": 8, "statements": 20}
MORE = {
    "kills": 20,
    "interruptions": 4,
    "failures": 300,
    "mails": 40,
    "lines": 40,
    "statements": 300,
    "launches": 20,
}


@pytest.mark.parametrize("part", FEW)
def test_a_few_rounds(part):
    run(part, FEW[part])


@pytest.mark.full
@pytest.mark.parametrize("part", MORE)
def test_more_rounds(part):
    run(part, MORE[part])


def run(part: str, count: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", part, "--count", str(count), "--lanes", "1"],
        capture_output=True, text=True, check=False, timeout=800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    rounds = int(done.stdout.partition(f"{part}: ")[2].partition(" rounds")[0].replace(",", ""))
    assert rounds >= count
