"""What `maint_owner` needs on a table, granted before a policy on it is added."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.retention.policies import NewPolicy
from maint_pipeline.retention.table_names import read_table


def open_table(connection: Connection, owners: Owners, policy: NewPolicy) -> Iterator[str]:
    """Give `maint_owner` what a policy needs on its table, where somebody can act as its owner.

    What can't be given is left: adding the policy says what it lacks.

    Args:
        connection: as `maint_owner`.
        owners: the way to act as the table's owner.
        policy: what is to be added.

    Yields:
        What was done, as text.
    """
    schema, table = read_table(policy.table)
    rows = connection.execute(
        _NEEDED, {"schema": schema, "table": table, "time_column": policy.time_column}
    ).fetchall()
    for row in rows:
        try:
            with owners.session(connection, row["relation"]) as session:
                session.execute(sql.Composed([sql.SQL(row["statement"])]))
        except (NoOwnerSessionError, psycopg.errors.InsufficientPrivilege):
            continue
        yield row["statement"]


# The look-up of a name in a schema that one may not use is an error, so it goes by the catalog.
_NEEDED = """
with relations as (
    select pg_class.oid
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = %(schema)s and relname = %(table)s and relkind in ('r', 'p')
), tree as (
    select oid from relations
    union
    select relid from relations cross join pg_partition_tree(relations.oid)
)
select tree.oid::regclass::text as relation,
    format('grant select, delete, update (%%I) on %%s to maint_owner', attname, tree.oid::regclass)
        as statement
from tree
join pg_attribute on attrelid = tree.oid and attname = %(time_column)s and not attisdropped
where not (has_table_privilege('maint_owner', tree.oid, 'select')
    and has_table_privilege('maint_owner', tree.oid, 'delete')
    and has_any_column_privilege('maint_owner', tree.oid, 'update'))
union all
select tree.oid::regclass::text,
    format('create policy maint_owner_works on %%s to maint_owner using (true) with check (true)',
        tree.oid::regclass)
from tree
where maint.hides_rows(tree.oid) is not null
    and not exists (
        select from pg_policy where polrelid = tree.oid and polname = 'maint_owner_works')
order by 1, 2 desc
"""
