-- title: Function of the application that is said to leak nothing
-- severity: medium, because PostgreSQL shows it rows before it asks the policies
-- needs: pg_catalog.pg_proc
-- description: A function of the application is LEAKPROOF, which only a superuser can say. The planner may apply it to
--     rows before the conditions of policies and security barriers; where it raises, logs or stores what it
--     is given, its caller sees hidden rows. High where anon or authenticated may call it.
-- remediation: Set it NOT LEAKPROOF unless it can do nothing but answer.
-- cannot see: whether it does leak.

select
    application.name as object,
    format('Function %s is LEAKPROOF.', application.name) as detail,
    case when exists (
        select from maint.api_roles() as visitor
        where has_function_privilege(visitor.role, application.routine, 'execute')
            and has_schema_privilege(visitor.role, application.schema, 'usage')
    ) then 'high' else 'medium' end as severity,
    jsonb_build_object('owner', pg_get_userbyid(application.owner), 'cost', procost) as metadata,
    format('alter function %s not leakproof;', application.name) as fix,
    maint.platform_role(application.owner) as managed_by
from maint.application_functions() as application
join pg_proc on pg_proc.oid = application.routine
where proleakproof
