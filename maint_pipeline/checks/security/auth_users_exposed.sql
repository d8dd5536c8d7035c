-- title: The users' own data is served by the API
-- severity: critical, because addresses and metadata of every user can be listed
-- needs: pg_catalog.pg_class
-- description: A view or materialized view that anon or authenticated may read shows columns of auth.users,
--     directly or through other views, and does not ask who is looking.
-- remediation: Copy what the application needs into a table of its own with policies, and drop the view; or
--     revoke the grants.

with users (relation) as (
    -- By its name: this role need not have the right to use schema auth.
    select pg_class.oid
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'auth' and relname = 'users'
)
select
    reading.name as object,
    format('%s shows auth.users to %s.', reading.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', reading.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.read_by_owners('vm') as reading
join maint.api_roles() as visitor on has_any_column_privilege(visitor.role, reading.view, 'select')
where maint.require(exists (select from users), 'auth.users does not exist')
    and reading.relation in (select users.relation from users)
group by reading.name
