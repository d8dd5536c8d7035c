"""Whether tests see a mistake: makes one at a time in a copy of the checkout, and runs its tests.

    python -m tests.mutations [--list] [NAME...]

The mistakes are in the .toml files beside this one, by room. Each has a name, which says what is
wrong then, the file, the text that it replaces (`old`, which has to be there exactly once), what
it puts there (`new`), and the tests of which one has to fail. A name given here may be a part of
one. Ends with 1 where a mistake survived or could not be made, and names it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.server import fresh_server

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEST_SECONDS = 200
"""A mistake that makes a test hang is seen, too; one that lets it loop is better left out."""

LIMIT_SECONDS = 600

FAILED_TESTS = 1  # pytest's exit code: others mean that no test was run to its end


@dataclass(frozen=True)
class Mutation:
    """One mistake."""

    name: str
    file: str
    old: str
    new: str
    tests: list[str]

    def problem(self) -> str | None:
        """Tell why it can't be made: its place has changed since it was written down."""
        path = ROOT / self.file
        if not path.exists():
            return f"there is no {self.file}"
        found = path.read_text(encoding="utf-8").count(self.old)
        if found != 1:
            return f"its text is {found} times in {self.file}, not once"
        for test in self.tests:
            tests, _, function = test.partition("::")
            if not (ROOT / tests).exists() or f"def {function}(" not in (
                (ROOT / tests).read_text(encoding="utf-8") + "def ("
            ):
                return f"there is no {test}"
        return None


def load() -> list[Mutation]:
    """Give all mutations, in the order of their files."""
    files = sorted(HERE.glob("*.toml"))
    return [
        Mutation(name=name, **fields)
        for file in files
        for name, fields in tomllib.loads(file.read_text(encoding="utf-8")).items()
    ]


def forget_template(url: str) -> None:
    """Drop the database that tests clone: it was made with the SQL of before."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "update pg_database set datistemplate = false where datname = 'maint_template'"
        )
        connection.execute("drop database if exists maint_template with (force)")


def is_caught(mutation: Mutation, copy: Path, url: str) -> tuple[bool, str]:
    """Make the mistake in the copy, run its tests, and take it back; give pytest's last line."""
    changes_sql = mutation.file.endswith(".sql")
    if changes_sql:
        forget_template(url)
    path = copy / mutation.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider"]
    command += ["--timeout", str(TEST_SECONDS)]
    environment = {
        **os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1",
        "MAINT_TEST_DATABASE_URL": url,
    }  # fmt: skip
    try:
        done = subprocess.run(
            [*command, *mutation.tests], check=False, cwd=copy, env=environment,
            capture_output=True, text=True, timeout=LIMIT_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True, f"no end within {LIMIT_SECONDS} seconds"
    finally:
        path.write_text(text, encoding="utf-8")
        if changes_sql:
            forget_template(url)
    told = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    last = told[0] if told else (done.stdout.strip().splitlines() or [done.stderr[-200:]])[-1]
    return done.returncode == FAILED_TESTS, last


def survivors(mutations: list[Mutation]) -> dict[str, str]:
    """Try mutations, one after the other; give those that no test saw, with what pytest said."""
    survived = {}
    with tempfile.TemporaryDirectory(prefix="maint-mutations-") as folder:
        Path(folder).chmod(0o755)
        copy, data = Path(folder) / "copy", Path(folder) / "server"
        left_out = shutil.ignore_patterns(".git", ".venv", ".maint", ".*_cache", "__pycache__")
        shutil.copytree(ROOT, copy, ignore=left_out)
        data.mkdir()
        with fresh_server(data, "-c max_connections=200") as url:
            for mutation in mutations:
                started = time.monotonic()
                caught, told = is_caught(mutation, copy, url)
                word = "caught" if caught else "SURVIVED"
                seconds = time.monotonic() - started
                print(
                    f"{word:9} {seconds:4.0f} s  {mutation.name}\n{'':18}{told[:150]}", flush=True
                )
                if not caught:
                    survived[mutation.name] = told
    return survived


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="parts of names; all where none is given")
    parser.add_argument("--list", action="store_true", help="only look whether each can be made")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server ends with us
    chosen = [
        mutation
        for mutation in load()
        if not arguments.names or any(part in mutation.name for part in arguments.names)
    ]
    bad = {mutation.name: problem for mutation in chosen if (problem := mutation.problem())}
    if not arguments.list:
        bad |= survivors([mutation for mutation in chosen if mutation.name not in bad])
    for name, problem in bad.items():
        print(f"NOT CAUGHT: {name}: {problem}")
    result = "can be made" if arguments.list else "caught"
    print(f"{len(chosen) - len(bad)} of {len(chosen)} {result}.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
