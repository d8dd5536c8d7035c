-- title: Table exposed without row level security
-- severity: critical
-- needs: pg_catalog.pg_class
-- description: A table in schema public can be read or written by anon or authenticated and has row
--     level security off, so that every visitor of the API reaches every row.
-- remediation: alter table ... enable row level security, and write policies for who may see what;
--     or revoke the grants.

select
    format('%I.%I', space.nspname, relation.relname) as object,
    format('Table %I.%I has row level security off and is open to %s.', space.nspname,
        relation.relname, string_agg(role.rolname, ', ' order by role.rolname)) as detail,
    jsonb_build_object('roles', jsonb_agg(role.rolname order by role.rolname)) as metadata
from pg_class as relation
join pg_namespace as space on space.oid = relation.relnamespace and space.nspname = 'public'
join pg_roles as role on role.rolname in ('anon', 'authenticated')
    and has_table_privilege(role.oid, relation.oid, 'select, insert, update, delete')
where relation.relkind in ('r', 'p')
    and not relation.relrowsecurity
group by space.nspname, relation.relname
