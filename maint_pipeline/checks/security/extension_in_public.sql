-- title: Extension in a schema that the API serves
-- severity: low, because its functions become part of the API, most of them harmless
-- needs: pg_catalog.pg_extension
-- description: The objects of an extension are in a schema that the API serves. Anonymous users can call its functions,
--     and its names conflict with the application's.
-- remediation: Move the extension to a schema of its own, such as extensions. Extensions that can't be moved
--     have to be dropped and created again.
-- cannot see: whether the API's roles may execute its functions.

select
    extname as object,
    format('Extension %I is in schema %s.', extname, extnamespace::regnamespace) as detail,
    jsonb_build_object('schema', extnamespace::regnamespace, 'relocatable', extrelocatable)
        as metadata,
    maint.platform_role(extowner) as managed_by
from pg_extension
where extnamespace in (select maint.exposed_schemas())
