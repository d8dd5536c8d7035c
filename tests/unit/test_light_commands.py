"""What a command loads: nobody who asks for help or the history pays for what others need."""

import subprocess
import sys

import pytest

# Calls maint, and prints which of these it has loaded.
LOADED = """
import sys
from maint_pipeline.cli import main
names, sys.argv = sys.argv[1].split(","), ["maint", *sys.argv[2:]]
try:
    main()
except SystemExit:
    pass
print("loaded:", *(name for name in names if name in sys.modules), file=sys.stderr)
"""
NOT_FOR_HELP = "alembic,dagster,jinja2,psycopg,sqlalchemy"
NOT_FOR_READING = "alembic,dagster,jinja2,sqlalchemy"


def loaded(*arguments: str) -> str:
    nowhere = {"MAINT_DATABASE_URL": "postgresql://app@127.0.0.1:1/app"}
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True, text=True, check=True, env=nowhere,
    )  # fmt: skip
    return ran.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "command", [["--help"], ["run", "--help"], ["alerts", "silence", "--help"]]
)
def test_help_loads_no_driver(command):
    assert loaded(NOT_FOR_HELP, *command) == "loaded:"


@pytest.mark.parametrize("command", ["history", "alerts", "checks", "policies", "windows"])
def test_what_only_reads_loads_the_driver_and_no_more(command):
    assert loaded(f"psycopg,{NOT_FOR_READING}", command) == "loaded: psycopg"
