"""The web server's connections to Dagster's storage: kept open, and asked before they are used.

Dagster keeps them for up to an hour. After a restart of the storage the first requests would meet
dead ones and be answered with 500, launches included.
"""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection


def ask_before_use() -> None:
    """Have every pool of this process ask a connection that it hands out whether it still answers.

    It costs one round trip each time. SQLAlchemy's own `pool_pre_ping` does the same, but Dagster
    offers no setting for it; this is the hook that SQLAlchemy documents for engines of others.
    """
    event.listen(Pool, "checkout", _ask)


def _ask(connection: object, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    asked = entry.dbapi_connection
    assert asked is not None  # noqa: S101
    try:
        cursor = asked.cursor()
        try:
            cursor.execute("select 1")
        finally:
            cursor.close()
    except Exception as error:
        # The pool opens another one, and asks that, up to three times.
        raise DisconnectionError(str(error)) from error
