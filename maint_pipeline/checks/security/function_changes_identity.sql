-- title: Function lets its caller be somebody else
-- severity: high, because every policy believes what it sets
-- needs: pg_catalog.pg_proc
-- description: A function that the API serves sets request.jwt.claims or a claim of it, which is what auth.uid() and with
--     it every policy reads, or the role. For the rest of the request its caller is whoever the
--     function says. Medium where its body asks an administrator's right, as functions for support do.
-- remediation: Drop it, or move it to a schema that the API does not serve.
-- cannot see: functions that set it by statements which they put together.

select
    bodies.name as object,
    format('Function %s, which %s may call, sets who its caller is.', bodies.name,
        string_agg(visitor.name, ' and ' order by visitor.name)) as detail,
    case when bodies.body ~* 'is_admin|is_staff|has_role|is_super|session_user' then 'medium' else 'high' end as severity,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name), 'path',
        format('%s → function %s → rows of any user', min(visitor.name), bodies.name)) as metadata,
    maint.platform_role(bodies.owner) as managed_by
from maint.function_bodies() as bodies
join maint.api_roles() as visitor on has_function_privilege(visitor.role, bodies.routine, 'execute')
where bodies.schema in (select maint.exposed_schemas())
    and bodies.body ~* '\mset_config\s*\(\s*''(request\.jwt[\w.]*|role)''|\mset\s+(local\s+)?("?request\.jwt|role\M)'
group by bodies.name, bodies.owner, bodies.body
