"""What a migration has to work around in an application, found before anything is changed.

What doesn't fit is left out and said: here, for the plan, the output of `maint migrate` and the
doctor. What can't be done at all is refused by preflight.sql.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from psycopg.rows import DictRow

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.entry_functions import Place
from maint_pipeline.database.indexes import INDEXES, Index
from maint_pipeline.database.rights import PURGES, READS
from maint_pipeline.database.trust import application_tables, may_read, source_names

_HERE = Path(__file__).parent


def hidden_tables(connection: Connection, trust: Sequence[str] = ()) -> list[DictRow]:
    """Give the tables that need a policy for `maint_owner`, which row level security hides from it.

    Args:
        connection: of the role that migrates; only read.
        trust: roles that are to be trusted from now on.

    Returns:
        Rows with `relation`, `owner` and `may_alter`: whether this role can make the policy.
    """
    query = (_HERE / "hidden.sql").read_text(encoding="utf-8")
    works_on = [
        row["relation"] for row in application_tables(connection, trust) if row["is_trusted"]
    ]
    names = {"under_retention": [*works_on, *_under_retention(connection)]}
    return connection.execute(query.encode(), names).fetchall()


def _under_retention(connection: Connection) -> list[str]:
    if not may_read(connection, "retention_policies"):
        return []
    rows = connection.execute(
        "select format('%I.%I', table_schema, table_name) as name from maint.retention_policies"
    ).fetchall()
    return [row["name"] for row in rows]


def why_index_rests(connection: Connection, index: Index) -> str | None:
    """Return why an index can't be made on a table of the application.

    Args:
        connection: of any role; only reads the catalog.
        index: which.

    Returns:
        What the table has instead, as text; None if it fits, or if there is no such table.
    """
    rows = connection.execute(
        "select attname::text as name, format_type(atttypid, null) as type from pg_attribute "
        "where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped",
        [index.table],
    ).fetchall()
    types = {row["name"]: row["type"] for row in rows}
    missing = [name for name in index.needs if name not in types]
    others = [
        f"{name} is of type {types[name]}"
        for name, fitting in index.needs.items()
        if name in types and types[name] not in fitting
    ]
    if not types or not (missing or others):
        return None
    lacks = [f"it has no column {', '.join(missing)}"] if missing else []
    return f"{index.table}: {'; '.join(lacks + others)}"


def left_out_for_shape(connection: Connection) -> Iterator[str]:
    """Name what is not made because a table of the application has another shape.

    Args:
        connection: of the role that migrates; only read.

    Yields:
        A line each.
    """
    for index in INDEXES:
        if reason := why_index_rests(connection, index):
            yield f"the index {index.name} of {reason}"


def left_out_for_rights(connection: Connection, trust: Sequence[str] = ()) -> Iterator[str]:
    """Name what this role can't grant to `maint_owner`.

    Args:
        connection: of the role that migrates; only read.
        trust: roles that are to be trusted from now on.

    Yields:
        A line each, with what would change it.
    """
    tables = application_tables(connection, trust)
    works_on = [row["relation"] for row in tables if row["is_trusted"]]
    given = {
        "names": works_on,
        "audit_log": source_names(connection).get("audit_log"),
        "reads": list(READS),
        "purges": list(PURGES),
    }
    for row in connection.execute(_NOT_GRANTABLE, given).fetchall():
        yield (
            f"{row['relation']}: {row['me']} may not grant {row['privileges']} on it to "
            f"maint_owner. As {row['owner']}: grant {row['privileges']} on {row['relation']} "
            "to maint_owner"
        )


_NOT_GRANTABLE = """
select listed.name as relation, current_user::text as me, pg_get_userbyid(relowner)::text as owner,
    string_agg(privilege, ', ' order by n) as privileges
from unnest(%(names)s::text[]) as listed (name)
join pg_class on pg_class.oid = to_regclass(listed.name) and relkind in ('r', 'p', 'v', 'm', 'f')
cross join unnest(%(purges)s::text[]) with ordinality as wanted (privilege, n)
where (privilege = any(%(reads)s::text[])
        or pg_class.oid = to_regclass(%(audit_log)s) and relkind in ('r', 'p'))
    and not has_table_privilege(pg_class.oid, privilege || ' with grant option')
    and case when to_regrole('maint_owner') is null then true
        when privilege = 'update' then not has_any_column_privilege(
            to_regrole('maint_owner'), pg_class.oid, privilege)
        else not has_table_privilege(to_regrole('maint_owner'), pg_class.oid, privilege) end
group by listed.name, relowner
order by 1
"""


def said_of_functions(found: Sequence[Place]) -> list[str]:
    """Return what becomes of functions of the application that have names of ours.

    Args:
        found: of `entry_functions.places`.
    """
    return [words for place in found if (words := place.in_words())]


def said_of_ledger(connection: Connection) -> list[str]:
    """Return what a migration changes in the rights on a ledger that the application has.

    Args:
        connection: of the role that migrates; only read.
    """
    row = fetch_one(
        connection,
        "select exists (select from pg_class "
        "where oid = to_regclass('public.maintenance_task_runs') "
        "and coalesce(obj_description(oid, 'pg_class'), '') not like 'maint_pipeline:%%') "
        "as adopted, "
        "to_regclass('maint.kept_relations') is not null as kept",
    )
    if not row["adopted"] or row["kept"]:
        return []
    return [
        "public.maintenance_task_runs becomes the history of all tasks: row level security is on, "
        "only administrators read it, only maintenance writes it. maint migrate --down gives back "
        "what it had"
    ]


def notes(connection: Connection, found: Sequence[Place], trust: Sequence[str] = ()) -> list[str]:
    """Return what is special about migrating this database, one line each.

    Args:
        connection: of the role that migrates; only read.
        found: of `entry_functions.places`.
        trust: roles that are to be trusted from now on.
    """
    hidden = hidden_tables(connection, trust)
    opened = ", ".join(table["relation"] for table in hidden if table["may_alter"])
    return [
        *said_of_functions(found),
        *said_of_ledger(connection),
        *_said_of_policies(opened),
        *(
            f"Left out: {table['relation']}, because its row level security hides rows from "
            f"maint_owner, and only its owner {table['owner']} can make a policy: create policy "
            f"maint_owner_works on {table['relation']} to maint_owner using (true) "
            "with check (true)"
            for table in hidden
            if not table["may_alter"]
        ),
        *(f"Left out: {words}" for words in left_out_for_rights(connection, trust)),
        *(f"Left out: {words}" for words in left_out_for_shape(connection)),
    ]


def _said_of_policies(tables: str) -> list[str]:
    if not tables:
        return []
    return [
        "These get the policy maint_owner_works for maint_owner, which can't have BYPASSRLS here, "
        f"because row level security would hide their rows from it: {tables}"
    ]
