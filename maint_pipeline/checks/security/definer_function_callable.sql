-- title: Privileged function can be called through the API
-- severity: medium, because every signed-in user runs it with its owner's rights
-- needs: pg_catalog.pg_proc
-- description: A SECURITY DEFINER function in a schema that the API serves may be executed by anon (high) or
--     authenticated (medium). PostgreSQL grants EXECUTE to everybody unless somebody revokes it, so this is
--     mostly nobody's decision. One that policies call has to be executable by whom they concern (low).
-- remediation: Revoke EXECUTE from those who need not call it. Where they must, let its body check who asks,
--     and ignore the finding with that reason.

select
    application.name as object,
    format('Function %s runs as %s and can be called by %s%s.', application.name,
        pg_get_userbyid(application.owner), string_agg(visitor.name, ', ' order by visitor.name),
        case when is_called.by_policies then '; policies call it' else '' end) as detail,
    case when is_called.by_policies then 'low' when bool_or(visitor.name = 'anon') then 'high'
        else 'medium' end as severity,
    jsonb_build_object('owner', pg_get_userbyid(application.owner),
        'roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    -- Whoever a policy concerns needs EXECUTE on what it calls: nothing to run blindly.
    case when not is_called.by_policies then format('revoke execute on routine %s from public, %s;',
        application.name, string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) end as fix
from maint.application_functions() as application
join pg_proc on pg_proc.oid = application.routine
join maint.api_roles() as visitor
    on has_function_privilege(visitor.role, application.routine, 'execute')
cross join lateral (
    select exists (
        select from pg_depend
        where classid = 'pg_policy'::regclass and refclassid = 'pg_proc'::regclass
            and refobjid = application.routine::oid
    ) as by_policies
) as is_called
where application.is_definer
    and application.schema in (select maint.exposed_schemas())
    -- Triggers can't be called.
    and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
group by application.name, application.owner, is_called.by_policies
