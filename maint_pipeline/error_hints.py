"""What to do about an error: on the run page, in the terminal, in alerts, mails and reports."""

from __future__ import annotations

import builtins
import re

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
        "continues. maint doctor checks whether the database can be reached.",
    ),
    (
        OSError,
        "A file or folder could not be used: check its permissions and the disk's free space.",
    ),
)
_OTHERWISE = "maint doctor checks the installation; the error below says where it happened."


_SQLSTATE = re.compile(r" \(SQLSTATE ([0-9A-Z]{5})\)\Z")
_CLASS = re.compile(r"\A([A-Za-z_]+):(?: |\Z)")


def what_to_do(error: Exception) -> str:
    """Give a sentence of advice.

    Args:
        error: what a task raised.

    Returns:
        The sentence; empty for errors of ours, whose message has it already.
    """
    return "" if isinstance(error, MaintError) else _advice(type(error))


def first_line(error: Exception) -> str:
    """Say what happened and what to do about it, in one line."""
    words = str(error).strip().splitlines()
    message = words[0] if words else type(error).__name__
    advice = what_to_do(error)
    return f"{message.rstrip('.')}. What to do: {advice}" if advice else message


def explain(recorded: str | None) -> tuple[str, str]:
    """Read an error as the ledger has it: what happened, and what to do about it.

    Args:
        recorded: `error_message` of a task run: of a job `CLASS: MESSAGE`, of an SQL function
            `MESSAGE (SQLSTATE CODE)`, or an error of ours as it is; the server's context follows
            on further lines.

    Returns:
        The message's first line without the class, and a sentence of advice; the latter is empty
        for errors of ours, whose message has it already.
    """
    text = (recorded or "").strip()
    message = text.splitlines()[0] if text else "no error is recorded"
    if state := _SQLSTATE.search(text):
        return _SQLSTATE.sub("", message), _advice(_error_of_state(state[1]))
    if name := _CLASS.match(message):
        kind = getattr(errors, name[1], None) or getattr(builtins, name[1], None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            return message[name.end() :].strip() or name[1], _advice(kind)
    return message, ""


def _error_of_state(state: str) -> type[Exception]:
    try:
        return errors.lookup(state)
    except KeyError:
        return psycopg.Error


def _advice(kind: type[Exception]) -> str:
    return next((advice for known, advice in _ADVICE if issubclass(kind, known)), _OTHERWISE)
