-- title: Function resolves names by the caller's search_path
-- severity: low, because it runs with the caller's own rights
-- needs: pg_catalog.pg_proc
-- description: A function that the API serves sets no search_path, and its body has names without schema. What
--     they mean is decided by whoever calls it, which breaks it at best.
-- remediation: Set a search_path on it that ends in pg_temp. A function in language sql is not inlined any
--     more then: where that matters, qualify the names in its body and ignore this finding.
-- cannot see: types and operators without schema.

with named as materialized (
    select proname::text as short_name
    from maint.application_functions() as application
    join pg_proc on pg_proc.oid = application.routine
)
select
    application.name as object,
    format('Function %s sets no search_path.', application.name) as detail,
    jsonb_build_object('owner', pg_get_userbyid(application.owner)) as metadata,
    format('alter routine %s set search_path = pg_catalog, %s, pg_temp;', application.name,
        application.schema::regnamespace) as fix,
    maint.platform_role(application.owner) as managed_by
from maint.application_functions() as application
join maint.function_bodies() as bodies on bodies.routine = application.routine
where not application.is_definer
    and application.schema in (select maint.exposed_schemas())
    and not exists (
        select from unnest(application.config) as setting where setting like 'search_path=%'
    )
    -- Only where a name could be taken for another: a table or a function of the application without schema,
    -- or statements that the body puts together.
    and (bodies.body ~* '\m(insert\s+into|update|delete\s+from|from|join)\s+(only\s+)?"?\w+"?(?!\w*"?\s*[.(])'
        or bodies.body ~* '\mexecute\M'
        or exists (
            select from regexp_matches(bodies.body, '(?:^|[^.\w"])"?(\w+)"?\s*\(', 'g') as call (names)
            where lower(call.names[1]) in (select lower(short_name) from named)
        ))
