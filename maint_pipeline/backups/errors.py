"""What can be wrong with a backup, apart from what can be wrong with our trying it."""

from maint_pipeline.errors import MaintError, UsageError


class BackupUnusableError(MaintError):
    """The backup does not restore."""


class BackupSourceError(UsageError):
    """MAINT_RESTORE_SOURCE names nothing that could be restored."""


class InsufficientSpaceError(UsageError):
    """There is not enough disk to restore the backup."""


class MissingProgramsError(UsageError):
    """The programs of the backup's PostgreSQL version are not installed here."""


class NoSandboxError(UsageError):
    """This machine offers nothing that would keep such a backup's own code from its files."""
