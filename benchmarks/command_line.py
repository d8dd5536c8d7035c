"""CPU seconds of commands that only read, beside pip's and a Typer program of two empty commands.

    python -m benchmarks.command_line [ROUNDS]

The lowest and the median of all rounds, in turns. The database of `history` and `alerts` is the one
of MAINT_DATABASE_URL; without it one that refuses, so that all but the query is measured.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 10
BARE = """
import typer
app = typer.Typer(rich_markup_mode="rich")
for name in ("one", "two"):
    app.command(name)(lambda: None)
app()
"""
NOWHERE = "postgresql://app@127.0.0.1:1/app"


def cpu_seconds(command: list[str]) -> float:
    """Run a command, and give what it took of the processor."""
    variables = {"MAINT_DATABASE_URL": NOWHERE, **os.environ}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=variables
    )
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure, and print the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "pip --help": [python, "-m", "pip", "--help"],
            "a bare Typer program, --help": [python, str(bare), "--help"],
            "maint --help": [python, "-m", "maint_pipeline.cli", "--help"],
            "maint history": [python, "-m", "maint_pipeline.cli", "history"],
            "maint alerts": [python, "-m", "maint_pipeline.cli", "alerts"],
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                found[name].append(cpu_seconds(command))
    for name, seconds in found.items():
        print(f"{name:30} lowest {min(seconds):.3f}  median {statistics.median(seconds):.3f}")


if __name__ == "__main__":
    main()
