"""Why a repair is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from maint_pipeline.errors import MaintError


class RepairError(MaintError):
    """The repair is refused; nothing was changed."""


class NoWayBackError(RepairError):
    """There are no statements that lead back to what the catalog said before."""


@contextmanager
def explained() -> Iterator[None]:
    """Say in plain words what PostgreSQL refused, once its transaction is rolled back.

    Raises:
        RepairError: in place of an error of the server.
    """
    try:
        yield
    except psycopg.errors.LockNotAvailable:
        raise RepairError(
            "Somebody else has the object locked, and a repair waits two seconds at most: nothing "
            "was changed. Try again in a quieter moment."
        ) from None
    except psycopg.errors.QueryCanceled:
        raise RepairError(
            "A statement took longer than a repair may hold locks: nothing was changed."
        ) from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise RepairError(
            f"The administrator's role may not do this: {error.diag.message_primary}. Nothing was "
            "changed. Name a superuser or the owner in MAINT_ADMIN_DATABASE_URL."
        ) from None
    except psycopg.Error as error:
        if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
            raise
        raise RepairError(
            f"PostgreSQL refused the repair: {error.diag.message_primary or error}. Nothing was "
            "changed."
        ) from None
