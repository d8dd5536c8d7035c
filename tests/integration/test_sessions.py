"""maint sessions: the chains of who waits for whom, and what may be ended."""

from contextlib import closing, suppress

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.health.sessions import as_tree, end_session, list_sessions
from tests.dev import eventually


@pytest.fixture
def chain(database, superuser):
    """A reader, a change of structure behind it, and another reader behind that."""
    superuser.execute('create table public."In the way" (id integer)')
    names = ("reader", "change", "last")
    opened = [psycopg.connect(database, autocommit=True, application_name=name) for name in names]
    reader, change, last = opened
    reader.execute('begin; select from public."In the way"')
    change.pgconn.send_query(b'alter table public."In the way" add column more text')
    eventually(lambda: waiting(superuser) == 1, 10)
    last.pgconn.send_query(b'select from public."In the way"')
    eventually(lambda: waiting(superuser) == 2, 10)
    yield opened
    for session in opened:
        with suppress(psycopg.Error):
            session.close()


def waiting(superuser) -> int:
    return superuser.execute(
        "select count(*) as n from pg_locks join pg_database on pg_database.oid = database "
        "where not granted and datname = current_database()"
    ).fetchone()["n"]


def pids(chain) -> list[int]:
    return [session.info.backend_pid for session in chain]


def refuse(cli, *arguments: str) -> str:
    answer = cli(*arguments)
    assert answer.returncode == 2
    return " ".join(answer.stderr.split())


def end(database, owner, pid: int, may_touch: str, **options):
    with closing(connect(database, application_name="test", as_owner=False)) as administrator:
        return end_session(
            administrator, owner, pid, may_touch, **{"only_cancel": False, **options}
        )


def test_the_tree_begins_with_whom_all_wait_for(chain, superuser, cli):
    reader, change, last = pids(chain)
    rows = [row for row in list_sessions(superuser) if row["pid"] in (reader, change, last)]
    tree = [(depth, row["pid"]) for depth, row in as_tree(rows)]
    assert tree[0] == (0, reader) and {pid for _, pid in tree} == {reader, change, last}
    assert max(depth for depth, _ in tree) == 2 or len(tree) == 3
    said = cli("sessions").stdout
    assert f"{reader} postgres (reader): " in said and "idle in transaction since" in said
    assert 'waits for AccessShareLock on public."In the way" since' in said
    assert said.index("(reader)") < said.index("(change)")
    (row,) = [row for row in cli.json("sessions") if row["pid"] == reader]
    assert row["blocks"] >= 1 and row["state"] == "idle in transaction" and "query" not in row


def test_a_circle_ends_too():
    rows = [{"pid": pid, "waits_behind": [3 - pid], "who": "somebody"} for pid in (1, 2)]
    assert [(depth, row["pid"]) for depth, row in as_tree(rows)] == [(0, 1), (1, 2)]


def test_only_what_the_class_allows_is_ended(chain, database, owner, superuser, cli):
    reader, change, last = pids(chain)
    refused = refuse(cli, "sessions", "end", str(last))
    assert "it is active. --class any ends it" in refused
    refused = refuse(cli, "sessions", "end", str(change))
    assert "--class blocking ends it" in refused
    assert waiting(superuser) == 2
    said = cli("sessions", "end", str(change), "--class", "blocking", "--cancel").stdout
    assert "The statement is canceled" in said
    eventually(lambda: waiting(superuser) == 0, 10)
    end(database, owner, reader, "idle")
    with pytest.raises(psycopg.OperationalError):
        chain[0].execute("select 1")
    changes = cli.json("changes")
    assert {(row["action"], row["object"]) for row in changes} >= {
        ("ended", f"session {reader}"), ("ended", f"session {change}"),
    }  # fmt: skip


def test_nothing_of_others_programs_or_of_maintenance_is_ended(database, owner, superuser, cli):
    worker = owner.info.backend_pid
    refused = refuse(cli, "sessions", "end", str(worker), "--class", "any")
    assert "a task of maintenance" in refused
    row = superuser.execute("select pid from pg_stat_activity where backend_type = 'checkpointer'")
    refused = refuse(cli, "sessions", "end", str(row.fetchone()["pid"]), "--class", "any")
    assert "There is no session" in refused
    assert "A class is idle, blocking, any" in refuse(cli, "sessions", "end", "1", "--class", "x")
