"""What to do about an error, for the first line of a failed run."""

from __future__ import annotations

import psycopg
from psycopg import errors

from maint_pipeline.errors import MaintError

_ADVICE: tuple[tuple[type[Exception], str], ...] = (
    (
        errors.InsufficientPrivilege,
        "Grant maint_owner what the message names, or run maint migrate, which grants what tasks "
        "need.",
    ),
    (
        psycopg.ProgrammingError,
        "The application's tables are not as the task expects: compare with its latest "
        "migration, or change the policy or setting that names them.",
    ),
    (
        errors.LockNotAvailable,
        "A session held a lock on the table for too long: look for long transactions in "
        "pg_stat_activity. The next run tries again.",
    ),
    (
        errors.QueryCanceled,
        "A statement was cancelled, by an operator or a statement_timeout of the role. Nothing is "
        "half done: run it again.",
    ),
    (
        errors.DiskFull,
        "The server's disk is full: free some space first, deleting rows needs some too.",
    ),
    (
        psycopg.OperationalError,
        "The connection to the database was lost. What was committed stays; the next run "
        "continues. maint doctor says whether the database can be reached.",
    ),
    (
        OSError,
        "A file or folder could not be used: check its permissions and the disk's free space.",
    ),
)
_OTHERWISE = "maint doctor checks the installation; the error below says where it happened."


def what_to_do(error: Exception) -> str:
    """Give a sentence of advice.

    Args:
        error: what a task raised.

    Returns:
        The sentence; empty for errors of ours, whose message has it already.
    """
    if isinstance(error, MaintError):
        return ""
    return next((advice for kind, advice in _ADVICE if isinstance(error, kind)), _OTHERWISE)


def first_line(error: Exception) -> str:
    """Say what happened and what to do about it, in one line."""
    words = str(error).strip().splitlines()
    message = words[0] if words else type(error).__name__
    advice = what_to_do(error)
    return f"{message.rstrip('.')}. What to do: {advice}" if advice else message
