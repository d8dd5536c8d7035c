-- title: The users' own data is served by the API
-- severity: critical, because addresses and metadata of every user can be listed
-- needs: pg_catalog.pg_class
-- description: auth.users can be read by anon or authenticated: by a grant where row level security is off or lets
--     everybody pass, or by a view or materialized view that shows its columns, directly or through other
--     views, with its owner's rights or, where auth.users itself is granted, with the reader's.
-- remediation: Copy what the application needs into a table of its own with policies, and drop the view; or
--     revoke the grants.
-- cannot see: what functions return of it (definer_function_callable reports those), and copies of it.

with users as materialized (
    -- By its name: this role need not have the right to use schema auth.
    select pg_class.oid, relowner, visitor.role, visitor.name,
        -- Somebody passes: without row security everybody, with it whom a policy lets.
        has_any_column_privilege(visitor.role, pg_class.oid, 'select') and (
            not relrowsecurity or exists (
                select from maint.row_access() as access
                where access.relation = pg_class.oid and access.visitor = visitor.role
                    and access.command = 'select' and access.passers in ('rows', 'everybody'))) as is_open,
        has_schema_privilege(visitor.role, relnamespace, 'usage') as is_reached
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    cross join maint.api_roles() as visitor
    where nspname = 'auth' and relname = 'users'
), seen (object, visitor, path, fix_of, owner, relation) as (
    select 'auth.users', users.name, users.name || ' → table auth.users', 'auth.users', users.relowner, users.oid
    from users
    where users.is_open and users.is_reached
    union all
    select reading.name, users.name,
        format('%s → view %s (owner %s) → reads auth.users', users.name, reading.name,
            pg_get_userbyid(pg_class.relowner)), reading.name, pg_class.relowner, pg_class.oid
    from maint.read_by_owners('vm') as reading
    join pg_class on pg_class.oid = reading.view
    join users on users.oid = reading.relation
        and has_any_column_privilege(users.role, reading.view, 'select')
    where relkind = 'm'
        or pg_get_viewdef(reading.view) !~ '\mid = \(*\s*(SELECT )?auth\.uid\(\)|auth\.uid\(\)[^()]*\)* = \(*\w*\.?id\M'
    union all
    select format('%I.%I', nspname, relname), users.name,
        format('%s → view %I.%I (rights of the reader) → reads auth.users', users.name, nspname, relname),
        format('%I.%I', nspname, relname), pg_class.relowner, pg_class.oid
    from pg_depend
    join pg_rewrite on pg_rewrite.oid = objid
    join pg_class on pg_class.oid = ev_class and relkind = 'v'
    join pg_namespace on pg_namespace.oid = relnamespace
    join users on users.oid = refobjid and users.is_open
        and has_any_column_privilege(users.role, ev_class, 'select')
    where classid = 'pg_rewrite'::regclass and refclassid = 'pg_class'::regclass
        and exists (
            select from pg_options_to_table(reloptions)
            where option_name = 'security_invoker' and option_value::boolean)
        and relnamespace in (select maint.exposed_schemas())
)
select
    seen.object,
    format('%s shows auth.users to %s.', seen.object, string_agg(distinct seen.visitor, ', '))
        as detail,
    jsonb_build_object('roles', jsonb_agg(distinct seen.visitor), 'path', min(seen.path)) as metadata,
    format('revoke all on %s from %s;', seen.fix_of,
        string_agg(distinct quote_ident(seen.visitor), ', ')) as fix,
    jsonb_build_object('what', 'read ' || seen.object, 'roles', jsonb_agg(distinct seen.visitor), 'relations', jsonb_agg(distinct seen.relation)) as takes,
    maint.platform_role(seen.owner) as managed_by
from seen
where maint.require(exists (select from users), 'auth.users does not exist')
group by seen.object, seen.fix_of, seen.owner
