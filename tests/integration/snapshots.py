"""What a database holds, taken before and after something that must not change it."""

import psycopg

COLUMNS = """
select attrelid::regclass::text as relation, attname as name,
    format_type(atttypid, atttypmod) as type, attnotnull as required,
    pg_get_expr(adbin, adrelid) as default_value
from pg_attribute
join pg_class on pg_class.oid = attrelid
left join pg_attrdef on adrelid = attrelid and adnum = attnum
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
    and attnum > 0 and not attisdropped
"""
GRANTS = """
select pg_class.oid::regclass::text as relation, grantee::regrole::text as role, privilege_type
from pg_class
cross join aclexplode(coalesce(relacl, acldefault('r', relowner)))
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
"""
FUNCTIONS = """
select oid::regprocedure::text as function, md5(pg_get_functiondef(oid)) as definition,
    pg_get_userbyid(proowner) as owner, proacl::text as grants
from pg_proc
where pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
POLICIES = """
select polrelid::regclass::text as relation, polname as name, polroles::regrole[]::text as roles,
    pg_get_expr(polqual, polrelid) as condition
from pg_policy
"""
INDEXES = """
select indexrelid::regclass::text as index, indisvalid from pg_index
join pg_class on pg_class.oid = indrelid where relnamespace = 'public'::regnamespace
"""
SCHEMAS = "select nspname, nspacl::text from pg_namespace where nspname !~ '^pg_(toast|temp)'"


def _set(connection: psycopg.Connection, query: str) -> set[tuple]:
    with connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        return set(cursor.execute(query).fetchall())


def columns(connection: psycopg.Connection) -> set[tuple]:
    return _set(connection, COLUMNS)


def grants(connection: psycopg.Connection) -> set[tuple]:
    return _set(connection, GRANTS)


def catalog(connection: psycopg.Connection) -> dict[str, set[tuple]]:
    """Everything above by name, for comparing whole databases."""
    queries = {
        "columns": COLUMNS, "grants": GRANTS, "functions": FUNCTIONS, "policies": POLICIES,
        "indexes": INDEXES, "schemas": SCHEMAS,
    }  # fmt: skip
    return {name: _set(connection, query) for name, query in queries.items()}


def rows(connection: psycopg.Connection) -> dict[str, tuple[int, str | None]]:
    """How many rows each table in public has, and a checksum over their original columns."""
    found = {}
    for relation, names in _set(
        connection,
        "select attrelid::regclass::text, string_agg(quote_ident(attname), ', ' order by attnum) "
        "from pg_attribute join pg_class on pg_class.oid = attrelid "
        "where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 "
        "and not attisdropped "
        "and coalesce(col_description(attrelid, attnum), '') not like 'maint_pipeline:%' "
        "group by attrelid",
    ):
        query = (
            "select count(*), md5(string_agg(line, ',' order by line)) "
            f"from (select md5(row({names})::text) as line from {relation}) as lines"
        )
        (found[relation],) = _set(connection, query)
    return found
