"""Every error that maint_pipeline raises on purpose.

One root, so that callers can catch them all; the docstring of a class is its default message.
Errors of statements and of Dagster pass through unchanged and don't belong here.
"""

from __future__ import annotations

import inspect


class MaintError(Exception):
    """maint_pipeline could not do what it was asked to do."""

    exit_code = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or inspect.getdoc(type(self)))


class ConfigurationError(MaintError):
    """The configuration is wrong or incomplete."""

    exit_code = 2


class UsageError(MaintError):
    """The command can't be carried out as it was given."""

    exit_code = 2


class NotMigratedError(ConfigurationError):
    """This database has not been set up for maint_pipeline yet: run `maint migrate`."""


class OtherVersionError(ConfigurationError):
    """This database has another version than this program."""


class UnreachableError(ConfigurationError):
    """The database server can't be reached, or does not let this role log in."""


class EmbeddedServerError(ConfigurationError):
    """The embedded PostgreSQL server can't be started."""


class NotApplicableError(MaintError):
    """There is nothing here for this task to work on."""
