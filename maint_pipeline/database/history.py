"""What our tables hold, written into a file before they go: psql can load it into any database."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import IO

from psycopg import sql
from psycopg.rows import DictRow

from maint_pipeline.database.connection import Connection
from maint_pipeline.settings import load_settings

# Our tables; and of a table of the application that we have written to, what is ours.
_TABLES = """
select nspname as schema, relname as name,
    exists (
        select from pg_attribute where attrelid = pg_class.oid and attname = 'fingerprint'
            and not attisdropped
    ) and relname = 'security_alerts'
        and coalesce(obj_description(pg_class.oid, 'pg_class'), '') not like 'maint_pipeline:%'
        as is_shared,
    array(
        select attname::text from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
        order by attnum
    ) as columns,
    -- Types of the application may be missing where the file is loaded.
    array(
        select case when typnamespace = 'pg_catalog'::regnamespace
            then format_type(atttypid, null) else 'text' end
        from pg_attribute join pg_type on pg_type.oid = atttypid
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
        order by attnum
    ) as types
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind = 'r' and pg_has_role(relowner, 'usage')
    and (nspname = 'maint' or nspname = 'maint_repairs' and nspowner = to_regrole('maint_repairer')
        or pg_class.oid = to_regclass('public.maintenance_task_runs')
        or pg_class.oid = to_regclass('public.security_alerts')
            and (obj_description(pg_class.oid, 'pg_class') like 'maint_pipeline:%'
                or exists (
                    select from pg_attribute where attrelid = pg_class.oid
                        and attname = 'fingerprint'
                        and col_description(attrelid, attnum) like 'maint_pipeline:%')))
order by nspname, relname
"""


class HistoryFile:
    """The file that one removal leaves in MAINT_HOME, mode 0600.

    Attributes:
        path: where it is, once it has been written.
    """

    def __init__(self, database: str) -> None:
        """Choose the name.

        Args:
            database: the database's.
        """
        safe = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in database)
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        folder = load_settings().home / "removed"
        self.path = (folder / f"{safe}-{moment}-{os.getpid()}.sql").absolute()

    def write(self, connection: Connection) -> None:
        """Write what our tables hold, under locks that keep it true until the transaction ends.

        Args:
            connection: of the role that migrates, in a transaction. COPY of a table calls no
                function of anybody; row level security raises instead of calling one.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self.path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        connection.execute("set local row_security = off")
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as file:
            file.write(_HEADER.format(moment=datetime.now(UTC).isoformat(" ", "seconds")).encode())
            for table in connection.execute(_TABLES).fetchall():
                _copy(connection, table, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path)
        connection.execute("set local row_security = on")


def _copy(connection: Connection, table: DictRow, file: IO[bytes]) -> None:
    relation = sql.Identifier(table["schema"], table["name"])
    target = sql.Identifier("maint_history", table["name"])
    names = [sql.Identifier(name) for name in table["columns"]]
    columns = sql.SQL(", ").join(names)
    definitions = sql.SQL(", ").join(
        sql.SQL("{} {}").format(name, sql.SQL(type_))
        for name, type_ in zip(names, table["types"], strict=True)
    )
    connection.execute(sql.SQL("lock table only {} in share mode").format(relation))
    head = sql.SQL("\ncreate table {} ({});\ncopy {} ({}) from stdin;\n")
    file.write(head.format(target, definitions, target, columns).as_bytes(connection))
    source = (
        sql.SQL("(select {} from only {} where fingerprint is not null)").format(columns, relation)
        if table["is_shared"]
        else sql.SQL("{} ({})").format(relation, columns)
    )
    with connection.cursor().copy(sql.SQL("copy {} to stdout").format(source)) as rows:
        for block in rows:
            file.write(block)
    file.write(b"\\.\n")


_HEADER = """\
-- What maint_pipeline knew of a database when it was removed, at {moment}.
-- psql -f loads it into schema maint_history of any database.

set client_encoding = 'UTF8';
create schema maint_history;
"""
