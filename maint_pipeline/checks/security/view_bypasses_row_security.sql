-- title: View bypasses row level security
-- severity: high, because a view without security_invoker shows what its owner may see
-- needs: pg_catalog.pg_class
-- description: A view that anon or authenticated may read or write has no security_invoker, or is made of one that
--     has none, and reads a table with row level security. It does so as its owner, to whom the policies mostly
--     don't apply. Low where its definition asks who is looking.
-- remediation: Set security_invoker on the view, then look whether its readers still see what they should.
-- cannot see: whether its condition leaves out what readers must not see; functions that do the same.

select
    reading.name as object,
    format('View %s reads %s with the rights of its owner.', reading.name,
        string_agg(pg_class.oid::regclass::text, ', ' order by pg_class.oid::regclass::text))
        as detail,
    -- One that asks who is looking was mostly made to show just that.
    case when pg_get_viewdef(reading.view) ~ 'auth\.(uid|jwt|role|email)\(|request\.(jwt|header)|current_setting\('
        then 'low' else 'high' end as severity,
    jsonb_build_object('tables', jsonb_agg(pg_class.oid::regclass order by pg_class.oid::regclass::text))
        as metadata,
    case when not maint.has_invoker_rights(reading.view)
        then format('alter view %s set (security_invoker = on);', reading.name) end as fix,
    jsonb_build_object('what', format('reach through %s what they may not reach themselves', reading.name), 'roles', (select jsonb_agg(visitor.name) from maint.api_roles() as visitor where has_any_column_privilege(visitor.role, reading.view, 'select, insert, update') or has_table_privilege(visitor.role, reading.view, 'delete')), 'relations', jsonb_build_array(reading.view::oid)) as takes,
    maint.platform_of(reading.view) as managed_by
from maint.read_by_owners('v') as reading
join pg_class on pg_class.oid = reading.relation and relkind in ('r', 'p') and relrowsecurity
join pg_namespace on pg_namespace.oid = relnamespace
where exists (
        select from maint.api_roles() as visitor
        where has_any_column_privilege(visitor.role, reading.view, 'select, insert, update')
            or has_table_privilege(visitor.role, reading.view, 'delete')
    )
    -- auth_users_exposed reports it.
    and (nspname, relname) <> ('auth', 'users')
group by reading.name, reading.view
