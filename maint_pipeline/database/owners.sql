-- The application's tables that maintenance works on, with their owners, and whether whatever these own
-- is trusted: superusers, the owner of the database, the role that migrates, and who was named. Only reads.
-- Takes %(schemas)s and %(names)s, which tables, and %(trusted)s, the roles in maint.trusted_owners and those
-- that are to join them.

select pg_class.oid::regclass::text as relation, owner.rolname::text as owner,
    owner.rolsuper
        or owner.rolname = current_user
        or owner.rolname = any (%(trusted)s)
        or exists (
            select from pg_database where datname = current_database() and datdba = owner.oid)
        or pg_has_role(owner.oid, to_regrole('maint_owner'), 'member') is true as is_trusted
from unnest(%(schemas)s::text[], %(names)s::text[]) as listed (table_schema, table_name)
join pg_namespace on nspname = listed.table_schema
join pg_class on relnamespace = pg_namespace.oid and relname = listed.table_name
join pg_roles as owner on owner.oid = relowner
order by 2, 1
