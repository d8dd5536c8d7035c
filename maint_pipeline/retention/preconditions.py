"""What must hold before a purge deletes anything."""

from __future__ import annotations

from datetime import timedelta

from maint_pipeline.database.clock import seconds_apart
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import MaintError, NotApplicableError

MOST_SECONDS_APART = 3600.0
"""A server whose clock has jumped ahead would take what is young for expired."""


class PolicyRestsError(NotApplicableError):
    """The retention policy is disabled, or waits for a table that this database never had."""


class ClockError(MaintError):
    """The clocks don't agree, so nobody knows what has expired."""


def assert_not_resting(connection: Connection, policy: str) -> None:
    """Refuse a policy that has nothing to do.

    Args:
        connection: as `maint_owner`.
        policy: its name.

    Raises:
        PolicyRestsError: it is disabled, or waits for its table.
        psycopg.errors.UndefinedTable: its table no longer exists, though it once did.
    """
    row = fetch_one(connection, "select maint.why_policy_rests(%s) as reason", [policy])
    if row["reason"]:
        raise PolicyRestsError(f"Nothing to do: {row['reason']}.")


def assert_clocks_agree(connection: Connection) -> None:
    """Refuse to work while this machine and the server differ by more than an hour.

    Args:
        connection: any of ours.

    Raises:
        ClockError: they do.
    """
    apart = seconds_apart(connection)
    if apart > MOST_SECONDS_APART:
        raise ClockError(
            f"The clocks of this machine and of the database server are {timedelta(seconds=apart)} "
            "apart, so what has expired is not known, and nothing was deleted: set both by NTP."
        )
