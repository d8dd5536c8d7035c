"""A short seed of each part of the soak, in a process of its own; `make soak` runs more."""

import subprocess
import sys

import pytest

ROUNDS = {
    "kills": 20,
    "interruptions": 4,
    "failures": 300,
    "mails": 40,
    "lines": 40,
    "statements": 300,
    "launches": 20,
}


@pytest.mark.short
@pytest.mark.parametrize("part", ROUNDS)
def test_a_short_seed(part):
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", part, "--count", str(ROUNDS[part]), "--lanes", "1"],
        capture_output=True, text=True, check=False, timeout=800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    rounds = int(done.stdout.partition(f"{part}: ")[2].partition(" rounds")[0].replace(",", ""))
    assert rounds >= ROUNDS[part]
