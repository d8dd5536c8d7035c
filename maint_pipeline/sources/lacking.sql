-- What maint_owner lacks on a relation and, where rows are to be deleted, on its partitions: a row each. One row
-- without a privilege says that the relation exists. Only reads. Takes %(schema)s, %(name)s and %(purge)s.

with relation as (
    select pg_class.oid, relkind
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = %(schema)s and relname = %(name)s and relkind in ('r', 'p', 'v', 'm', 'f')
), touched as (
    select oid from relation
    union
    select tree.relid
    from relation
    cross join lateral pg_partition_tree(relation.oid) as tree
    where relkind = 'p' and %(purge)s
), named as (
    select pg_class.oid, nspname, relname, relkind, relrowsecurity, pg_namespace.oid as schema, (
            select attname from pg_attribute
            where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
            order by attname <> 'id', attnum
            limit 1
        ) as column_name
    from touched
    join pg_class on pg_class.oid = touched.oid
    join pg_namespace on pg_namespace.oid = relnamespace
)
select named.nspname::text as table_schema, named.relname::text as table_name,
    wanted.privilege, named.column_name::text as column_name
from named
cross join (values
    (1, 'usage'), (2, 'select'), (3, 'delete'), (4, 'update'), (5, 'maintain'), (6, 'policy')
) as wanted (place, privilege)
where case wanted.privilege
    when 'usage' then not has_schema_privilege('maint_owner', named.schema, 'usage')
    when 'select' then not has_table_privilege('maint_owner', named.oid, 'select')
    when 'policy' then relrowsecurity
        and not (select rolbypassrls from pg_roles where rolname = 'maint_owner')
        and not exists (
            select from pg_policy where polrelid = named.oid and polname = 'maint_owner_works')
    else %(purge)s and relkind in ('r', 'p') and case wanted.privilege
        when 'delete' then not has_table_privilege('maint_owner', named.oid, 'delete')
        when 'update' then not has_any_column_privilege('maint_owner', named.oid, 'update')
        else current_setting('server_version_num')::integer >= 170000 and exists (
            -- Not asked for by name, which PostgreSQL 15 doesn't know.
            select from pg_class where oid = named.oid and pg_has_role(relowner, 'usage')
                and not exists (
                    select from aclexplode(relacl)
                    where grantee = 'maint_owner'::regrole and privilege_type = 'MAINTAIN'))
    end
end
union all
select nspname, relname, null, null from named
order by 3 nulls last, 1, 2
