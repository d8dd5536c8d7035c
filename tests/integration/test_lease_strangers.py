"""The leader's lease, attacked by a role that may connect to Dagster's storage and do no more."""

from contextlib import closing

import psycopg
import pytest
from psycopg import conninfo, sql

from maint_pipeline.database.connection import connect
from maint_pipeline.instance import lease as leases
from maint_pipeline.instance.lease import holds, try_lease
from tests.dev import eventually

pytestmark = pytest.mark.any_version

OWNER, STRANGER = "lease_owner", "lease_stranger"
REFUSED = {
    "read": "select * from kvs",
    "write": "insert into kvs values ('maint_pipeline/daemon', '{}')",
    "change": "update kvs set value = ''",
    "remove": "delete from kvs",
    "empty": "truncate kvs",
    "lock the table": "lock table kvs in access share mode",
    "lock the row": "select from kvs for share",
    "trigger": "create trigger t before update on kvs execute function pg_notify()",
    "drop": "drop table kvs",
    "end the leader": "select pg_terminate_backend(%(pid)s)",
    "cancel the leader": "select pg_cancel_backend(%(pid)s)",
    "become the owner": f"set role {OWNER}",
    "a schema of the owner's name": f"create schema {OWNER}",
    "a table in front": "create table public.kvs2 (key text)",
    "settings of the owner": f"alter role {OWNER} set search_path = pg_temp",
}


@pytest.fixture
def storage(new_database, server_url):
    """URLs of a storage for its owner and for a stranger."""
    url = new_database()
    name = sql.Identifier(conninfo.conninfo_to_dict(url)["dbname"])
    with closing(psycopg.connect(server_url, autocommit=True)) as superuser:
        for role in (OWNER, STRANGER):
            superuser.execute(f"drop role if exists {role}".encode())
            superuser.execute(f"create role {role} login".encode())
        superuser.execute(sql.SQL("alter database {} owner to lease_owner").format(name))
        with closing(psycopg.connect(url, autocommit=True)) as inside:
            inside.execute("alter schema public owner to lease_owner")
            inside.execute("revoke create on schema public from public")
        owner = conninfo.make_conninfo(url, user=OWNER)
        with closing(psycopg.connect(owner, autocommit=True)) as inside:
            inside.execute("create table kvs (key text not null, value text)")
            inside.execute("create unique index idx_kvs_keys_unique on kvs (key)")
        yield owner, conninfo.make_conninfo(url, user=STRANGER)
        superuser.execute(sql.SQL("drop database {} with (force)").format(name))
        for role in (OWNER, STRANGER):
            superuser.execute(f"drop role {role}".encode())


def session(url: str):
    connection = connect(url, application_name="maint daemon", as_owner=False)
    connection.execute("reset search_path")
    return closing(connection)


@pytest.mark.parametrize("attack", REFUSED)
def test_a_stranger_is_refused(storage, attack):
    owner, stranger = storage
    with session(owner) as leader, closing(psycopg.connect(stranger)) as attacker:
        lease = try_lease(leader)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            attacker.execute(REFUSED[attack].encode(), {"pid": lease.backend_pid})
        assert holds(leader, lease)


def test_a_stranger_is_not_in_the_way(storage):
    """Locks, open transactions and objects of his own: all that nobody can refuse him."""
    owner, stranger = storage
    with session(owner) as leader, closing(psycopg.connect(stranger)) as attacker:
        lease = try_lease(leader)
        attacker.execute("create temp table kvs (key text, value text)")
        attacker.execute("select pg_advisory_xact_lock(n) from generate_series(1, 500) as n")
        seen = attacker.execute(
            "select (classid::bigint << 32) | objid::bigint from pg_locks "
            "where locktype = 'advisory' and pid = %s", [lease.backend_pid],
        ).fetchone()  # fmt: skip
        assert seen[0] == lease.sign, "the key is no secret"
        taken = attacker.execute("select pg_try_advisory_lock(%s)", [lease.sign]).fetchone()
        assert taken[0] is False
        with session(owner) as standby:
            assert holds(leader, lease) and try_lease(standby) is None
            leader.close()
            # He is quicker than the standby, and has the leader's key.
            eventually(lambda: attacker.execute(
                "select pg_try_advisory_lock(%s)", [lease.sign]).fetchone()[0])  # fmt: skip
            after = try_lease(standby)
            assert after and holds(standby, after)


def test_a_stranger_whose_session_has_the_leaders_number_is_not_the_leader(storage):
    """Numbers of backends are used again: the row names the login, too."""
    owner, stranger = storage
    with session(owner) as standby, closing(psycopg.connect(stranger)) as attacker:
        attacker.execute("select pg_advisory_lock(4711)")
        with closing(psycopg.connect(owner, autocommit=True)) as writer:
            of = writer.execute("select %s::regrole::oid::bigint", [OWNER]).fetchone()[0]
            forged = leases.Lease(attacker.info.backend_pid, of, 4711)
            writer.execute("insert into kvs values (%s, %s)",
                           [leases.DAEMON, leases._written(forged)])  # fmt: skip
        assert try_lease(standby)
