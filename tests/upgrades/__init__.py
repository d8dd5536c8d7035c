"""Databases and archives that older states of maint_pipeline made, each in a folder of its own.

A folder's README says which state made it and how. They are never made anew: they are what users
have. `load` puts one into a database of any supported server.
"""

from pathlib import Path

import psycopg

STATES = sorted(path.parent for path in Path(__file__).parent.glob("*/database.sql"))
# A plain dump has no roles. Other databases of the server may have made them.
_ROLES = """
do $$
declare
    _role text;
begin
    foreach _role in array array['anon', 'authenticated', 'service_role', 'maint_owner'] loop
        begin
            execute format('create role %I nologin noinherit', _role);
            if _role in ('service_role', 'maint_owner') then
                execute format('alter role %I bypassrls', _role);
            end if;
        exception when duplicate_object or unique_violation then null;
        end;
    end loop;
end
$$
"""


def load(url: str, state: Path) -> None:
    """Put an old database into an empty one.

    Args:
        url: a superuser's, of a database that is empty.
        state: one of `STATES`.
    """
    script = (state / "database.sql").read_text(encoding="utf-8")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_ROLES)
    with psycopg.connect(url) as connection:
        connection.execute(script.encode())
        # The one thing that a dump can't keep: oids.
        connection.execute(
            "update maint.detaching_partitions set partition_oid = pg_catalog.to_regclass(name)"
        )
