"""What a failed run says first."""

import psycopg
import pytest

from maint_pipeline.error_hints import explain, first_line
from maint_pipeline.errors import UsageError


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (psycopg.errors.InsufficientPrivilege("permission denied for table carts"), "Grant"),
        (psycopg.errors.UndefinedColumn("column x does not exist"), "application's tables"),
        (psycopg.errors.LockNotAvailable("lock timeout"), "long transactions"),
        (psycopg.errors.DiskFull("no space left"), "free some space"),
        (psycopg.errors.AdminShutdown("terminating connection"), "connection to the database"),
        (OSError(28, "No space left on device"), "free space"),
        (ZeroDivisionError("division by zero"), "maint doctor"),
    ],
)
def test_what_happened_and_what_to_do_in_one_line(error, words):
    line = first_line(error)
    assert line.startswith(str(error).splitlines()[0]) and "\n" not in line
    assert words in line.partition("What to do: ")[2]


def test_our_own_errors_say_it_already():
    assert first_line(UsageError("Write it so.")) == "Write it so."


def test_an_error_without_words_has_its_name():
    assert first_line(TimeoutError()).startswith("TimeoutError. What to do")


@pytest.mark.parametrize(
    ("recorded", "message", "advice"),
    [
        ("InsufficientPrivilege: permission denied for table x\nCONTEXT:  SQL statement",
         "permission denied for table x", "Grant"),
        ("permission denied (SQLSTATE 42501)", "permission denied", "Grant"),
        ("no such state (SQLSTATE ZZ999)", "no such state", "maint doctor"),
        ("RuntimeError: ", "RuntimeError", "maint doctor"),
        # Ours says what to do; a word before a colon is no class.
        ("backup.dump: it is empty", "backup.dump: it is empty", ""),
        ("type: x", "type: x", ""),
        (None, "no error is recorded", ""),
    ],
)  # fmt: skip
def test_what_the_ledger_has_recorded(recorded, message, advice):
    said, hint = explain(recorded)
    assert said == message
    assert advice in hint if advice else hint == ""
