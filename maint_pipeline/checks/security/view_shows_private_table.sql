-- title: View shows a table that is otherwise closed
-- severity: medium, because a view is often meant to show something, and often shows all of it
-- needs: pg_catalog.pg_class
-- description: A view that anon (high) or authenticated (medium) may read has no security_invoker and reads a table
--     without row level security that the role may not read itself. Its definition does not ask who is
--     looking, so every row of the view is everybody's, whatever its columns are called. Critical where
--     it is one of the schemas auth and vault; low where the view leaves rows out by a condition.
-- remediation: Let the view ask for auth.uid(); or set security_invoker, enable row level security on the table and
--     grant it; or revoke the view. If all may see it, ignore the finding with that reason.
-- cannot see: what the columns mean, and views whose definition asks who is looking but asks wrongly.

select
    borrowed.through_name as object,
    format('View %s shows %s to %s, who may not read it themselves.', borrowed.through_name,
        string_agg(distinct borrowed.relation_name, ', '),
        string_agg(distinct borrowed.visitor_name, ' and ')) as detail,
    case when bool_or(nspname in ('auth', 'vault')) then 'critical'
        when pg_get_viewdef(borrowed.through) ~* '\mWHERE\M' then 'low'
        when bool_or(borrowed.visitor_name = 'anon') then 'high' else 'medium' end as severity,
    jsonb_build_object('roles', jsonb_agg(distinct borrowed.visitor_name),
        'tables', jsonb_agg(distinct borrowed.relation_name), 'path', min(format('%s → view %s (owner %s) → reads %s', borrowed.visitor_name,
            borrowed.through_name, pg_get_userbyid(borrowed.owner), borrowed.relation_name))) as metadata,
    maint.platform_role(borrowed.owner) as managed_by
from maint.shown_by_views() as borrowed
join pg_class on pg_class.oid = borrowed.relation and relkind in ('r', 'p') and not relrowsecurity
join pg_namespace on pg_namespace.oid = relnamespace
join maint.api_roles() as visitor on visitor.name = borrowed.visitor_name
where borrowed.kind = 'view'
    -- auth_users_exposed reports it.
    and (nspname, relname) <> ('auth', 'users')
    and not (has_any_column_privilege(visitor.role, borrowed.relation, 'select')
        and has_schema_privilege(visitor.role, relnamespace, 'usage'))
group by borrowed.through, borrowed.through_name, borrowed.owner
