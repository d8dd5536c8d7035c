"""A role that reads a restored database and can do nothing else.

The database is hostile. The superuser only prepares the role, in a session and a schema in which
nothing of the database can have a part; afterwards no session is a superuser's.
"""

from __future__ import annotations

import secrets
from contextlib import closing

from psycopg import sql

from maint_pipeline.backups.scratch_server import ScratchServer
from maint_pipeline.database.connection import Connection

_OWN_SETTINGS = """
select datname, rolname
from pg_db_role_setting
left join pg_database on pg_database.oid = setdatabase
left join pg_roles on pg_roles.oid = setrole
"""


def prepare_reader(server: ScratchServer, dbname: str) -> tuple[str, str | None]:
    """Make the role, and install amcheck for it.

    Args:
        server: a scratch server.
        dbname: the database to be read.

    Returns:
        The role's name, and the name of amcheck's schema, None where the server has no amcheck.
    """
    with closing(server.connect(dbname)) as superuser:
        _forget_own_settings(superuser)
        amcheck = _install_amcheck(superuser)
        return _make_reader(superuser, dbname, amcheck), amcheck


def _forget_own_settings(superuser: Connection) -> None:
    """Take what databases and roles set for their sessions, and event triggers, out of our way."""
    for row in superuser.execute(_OWN_SETTINGS).fetchall():
        database, role = (
            name and sql.Identifier(name) for name in (row["datname"], row["rolname"])
        )
        if role is None and database is not None:
            statement = sql.SQL("alter database {} reset all").format(database)
        elif database is None:
            statement = sql.SQL("alter role {} reset all").format(role or sql.SQL("all"))
        else:
            statement = sql.SQL("alter role {} in database {} reset all").format(role, database)
        superuser.execute(statement)
    # This command is one for which no event trigger fires.
    for row in superuser.execute("select evtname from pg_event_trigger").fetchall():
        superuser.execute(
            sql.SQL("alter event trigger {} disable").format(sql.Identifier(row["evtname"]))
        )


def _make_reader(superuser: Connection, dbname: str, amcheck: str | None) -> str:
    """Make a role that may read all rows and use amcheck, and nothing else."""
    reader = f"maint_reader_{secrets.token_hex(8)}"
    role = sql.Identifier(reader)
    superuser.execute(sql.SQL("create role {} login bypassrls").format(role))
    superuser.execute(sql.SQL("grant pg_read_all_data to {}").format(role))
    superuser.execute(
        sql.SQL("grant connect on database {} to {}").format(sql.Identifier(dbname), role)
    )
    if amcheck:
        for grant in (
            "grant usage on schema {} to {}",
            "grant execute on all functions in schema {} to {}",
        ):
            superuser.execute(sql.SQL(grant).format(sql.Identifier(amcheck), role))
    return reader


def _install_amcheck(superuser: Connection) -> str | None:
    """Install amcheck in a schema of its own, where the server has it; give the schema's name."""
    if not superuser.execute("select from pg_available_extensions where name = 'amcheck'").rowcount:
        return None
    schema = f"maint_amcheck_{secrets.token_hex(8)}"
    superuser.execute("drop extension if exists amcheck cascade")
    superuser.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    superuser.execute(sql.SQL("create extension amcheck schema {}").format(sql.Identifier(schema)))
    return schema
