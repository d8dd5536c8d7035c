-- title: Privileged function lets temporary objects shadow its own
-- severity: medium, because it takes a session of the caller's own and a table name without schema
-- needs: pg_catalog.pg_proc
-- description: A SECURITY DEFINER function sets a search_path that names schemas and does not end in pg_temp, and its
--     body names tables without their schema. PostgreSQL then looks at the caller's temporary tables first.
--     An empty search_path makes names without schema an error, so no such function is reported. Low where
--     only sessions of your own can make temporary tables: the API can't.
-- remediation: Write pg_temp at the end of its search_path, or qualify the names.
-- cannot see: statements that a body puts together when it runs.

select
    application.name as object,
    format('Function %s has search_path %s, where temporary tables come first.', application.name,
        path.text) as detail,
    case when exists (
        select from maint.api_roles() as visitor
        where has_database_privilege(visitor.role, current_database(), 'temporary')
            and has_function_privilege(visitor.role, application.routine, 'execute')
    ) then 'medium' else 'low' end as severity,
    jsonb_build_object('search_path', path.text, 'owner', pg_get_userbyid(application.owner))
        as metadata,
    format('alter routine %s set search_path = %s;', application.name,
        concat_ws(', ', path.text, 'pg_temp')) as fix,
    maint.platform_role(application.owner) as managed_by
from maint.application_functions() as application
join maint.function_bodies() as bodies on bodies.routine = application.routine
cross join lateral (
    select replace(substr(setting, length('search_path=') + 1), '""', '') as text
    from unnest(application.config) as setting
    where setting like 'search_path=%'
) as path
where application.is_definer
    and path.text !~ '^\s*$|^pg_catalog$'
    and path.text !~ '(^|[, ])"?pg_temp"?$'
    and (bodies.body ~* '\m(insert\s+into|update|delete\s+from|from|join)\s+(only\s+)?"?\w+"?(?!\w*"?\s*[.(])'
        or bodies.body ~* '\mexecute\M')
