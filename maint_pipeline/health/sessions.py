"""Sessions: who they are, who waits for whom, and ending one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg.types.json import Jsonb

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import ConfigurationError, UsageError

CLASSES = ("idle", "blocking", "any")
"""What ending may touch: sessions that do nothing; also those that others wait for; all."""

# Another session may have got the number meanwhile, and this one may work again.
_AS_SEEN: LiteralString = (
    "from pg_stat_activity where pid = %s and backend_start = %s and state is not distinct from %s"
)
_CANCEL: LiteralString = f"select pg_cancel_backend(pid) as done {_AS_SEEN}"
_END: LiteralString = f"select pg_terminate_backend(pid, 5000) as done {_AS_SEEN}"
_SESSIONS: LiteralString = """
with waits as materialized (select pid, blocker, lock, since from maint.waits())
select pid, who, role_name, application, client, database, kind, state, began_at, transaction_at,
    state_at, waits_for, array(
        select distinct wait.blocker from waits as wait where wait.pid = session.pid order by 1
    ) as waits_behind,
    (select wait.lock from waits as wait where wait.pid = session.pid limit 1) as lock,
    (select min(wait.since) from waits as wait where wait.pid = session.pid) as waits_since,
    (select count(distinct wait.pid) from waits as wait where wait.blocker = session.pid) as blocks
from maint.sessions() as session
order by coalesce(transaction_at, state_at, began_at), pid
"""


def list_sessions(connection: Connection) -> list[dict[str, Any]]:
    """Give all sessions of the server but our own, those with the oldest transaction first.

    Args:
        connection: as a role that may see what sessions do, and call functions of schema maint.

    Returns:
        Rows of `pid, who, role_name, application, client, database, kind, state, began_at,
        transaction_at, state_at, waits_for, waits_behind` (pids; 0 is a prepared transaction),
        `lock, waits_since, blocks` (how many wait directly behind it).
    """
    return connection.execute(_SESSIONS).fetchall()


def as_tree(rows: Sequence[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Order the sessions that wait or are waited for: each root, and behind it who waits for it.

    Args:
        rows: as `list_sessions` gives them.

    Returns:
        Depth (0 for a root) and row. Who waits for several is shown behind the first.
    """
    known = {row["pid"]: row for row in rows}
    shown: set[int] = set()
    tree: list[tuple[int, dict[str, Any]]] = []

    def add(pid: int, depth: int) -> None:
        if pid in shown:
            return
        shown.add(pid)
        tree.append((depth, known.get(pid, {"pid": pid, "who": "a prepared transaction"})))
        for row in rows:
            if pid in row["waits_behind"]:
                add(row["pid"], depth + 1)

    blockers = {pid for row in rows for pid in row["waits_behind"]}
    for pid in sorted(blockers):
        if not known.get(pid, {}).get("waits_behind"):
            add(pid, 0)
    # A circle that the server has not broken yet has no root.
    for pid in sorted(blockers):
        add(pid, 0)
    return tree


def end_session(
    administrator: Connection, owner: Connection, pid: int, may_touch: str, *, only_cancel: bool
) -> dict[str, Any]:
    """End one session, or cancel its statement, and record that in the history of changes.

    Args:
        administrator: in autocommit mode, as a role that may end others' sessions.
        owner: in autocommit mode, as `maint_owner`.
        pid: of the session.
        may_touch: one of `CLASSES`.
        only_cancel: cancel the statement and leave the session.

    Returns:
        The session, as `list_sessions` gives it.

    Raises:
        UsageError: there is no such session, or it is of another class; the message says which.
        ConfigurationError: the role may not end it.
    """
    rows = {row["pid"]: row for row in list_sessions(administrator)}
    if pid not in rows:
        raise UsageError(f"There is no session {pid}: maint sessions --all lists them.")
    session = rows[pid]
    if refusal := _refusal(session, may_touch):
        raise UsageError(f"Session {pid} of {session['who']} is not ended: {refusal}")
    try:
        found = administrator.execute(
            _CANCEL if only_cancel else _END, [pid, session["began_at"], session["state"]]
        ).fetchone()
    except psycopg.errors.InsufficientPrivilege as error:
        raise ConfigurationError(
            f"{str(error).strip()}. Ending sessions takes their role, or pg_signal_backend: set "
            "MAINT_ADMIN_DATABASE_URL to a role that has one of them."
        ) from None
    if found is None or not found["done"]:
        raise UsageError(f"Session {pid} is not as it was a moment ago: look again.")
    noted = {name: session[name] for name in ("who", "client", "database", "state", "blocks")}
    fetch_one(
        owner, "select maint.note_change('ended', 'pg_stat_activity', %s, %s, null)",
        [f"session {pid}", Jsonb({**noted, "only_cancel": only_cancel})],
    )  # fmt: skip
    return session


def _refusal(session: dict[str, Any], may_touch: str) -> str:
    """Say why a session is not of the class that may be touched; empty if it is."""
    if session["kind"] not in (None, "client backend"):
        return f"it is a {session['kind']}, which another program or the server looks after."
    if session["role_name"] == "maint_worker":
        return "it is a task of maintenance: cancel its run instead."
    if session["kind"] is None and may_touch != "any":
        return "what it does can't be seen by this role. --class any ends it all the same."
    if _fits(session, may_touch):
        return ""
    wider = next(each for each in CLASSES if _fits(session, each))
    return f"it is {session['state']}. --class {wider} ends it all the same."


def _fits(session: dict[str, Any], may_touch: str) -> bool:
    is_idle = str(session["state"]).startswith("idle")
    return is_idle or may_touch == "any" or (may_touch == "blocking" and bool(session["blocks"]))


def in_words(row: dict[str, Any]) -> Iterable[str]:
    """Say of a session what it does, and since when, part by part.

    Args:
        row: as `list_sessions` gives it.
    """
    if row.get("database"):
        yield f"in {row['database']}"
    if row.get("client"):
        yield f"from {row['client']}"
    if row.get("lock"):
        yield f"waits for {row['lock']} since {row['waits_since']:%H:%M:%S}"
    elif row.get("state"):
        since = f" since {row['state_at']:%H:%M:%S}" if row["state_at"] else ""
        yield f"{row['state']}{since}"
    if row.get("transaction_at"):
        yield f"transaction since {row['transaction_at']:%H:%M:%S}"
