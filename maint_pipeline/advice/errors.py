"""What can keep us from giving advice."""

from maint_pipeline.errors import MaintError, UsageError


class AdviceError(MaintError):
    """The what-if server can't be made, or does not answer."""


class MissingVersionError(UsageError):
    """The programs of the database's version of PostgreSQL are not installed here."""


class UnplannableError(MaintError):
    """PostgreSQL does not plan this query."""


class OutOfTimeError(MaintError):
    """The limit on time was reached."""
