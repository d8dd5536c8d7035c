-- title: Function resolves names by the caller's search_path
-- severity: low, because it runs with the caller's own rights
-- needs: pg_catalog.pg_proc
-- description: A function that the API serves sets no search_path. What its names mean is decided by
--     whoever calls it, which breaks it at best.
-- remediation: Set a search_path on it that ends in pg_temp. A function in language sql is not inlined any
--     more then: where that matters, qualify the names in its body and ignore this finding.
-- cannot see: names that a function qualifies anyway, so that it makes no difference.

select
    application.name as object,
    format('Function %s sets no search_path.', application.name) as detail,
    jsonb_build_object('owner', pg_get_userbyid(application.owner)) as metadata,
    format('alter routine %s set search_path = pg_catalog, %s, pg_temp;', application.name,
        application.schema::regnamespace) as fix,
    maint.platform_role(application.owner) as managed_by
from maint.application_functions() as application
where not application.is_definer
    and application.schema in (select maint.exposed_schemas())
    and not exists (
        select from unnest(application.config) as setting where setting like 'search_path=%'
    )
