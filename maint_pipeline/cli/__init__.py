"""The command line `maint`: it parses, calls and prints; the work belongs to the rooms below."""

from __future__ import annotations

import sys

from maint_pipeline.cli.app import app
from maint_pipeline.cli.output import errors
from maint_pipeline.errors import MaintError

__all__ = ["main"]


def main() -> None:
    """Run the command line; errors of ours become one line on stderr and their exit code."""
    # Importing the modules registers their commands.
    from maint_pipeline.cli import data, servers, tasks  # noqa: F401, PLC0415

    try:
        app()
    except MaintError as error:
        errors.print(f"[red]Error:[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
