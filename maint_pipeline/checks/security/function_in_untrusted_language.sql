-- title: Function in a language that reaches the server itself
-- severity: critical, because such code does what the server's operating system account may do
-- needs: pg_catalog.pg_language
-- description: A function of the application, not of an extension, is written in an untrusted language (C, internal,
--     PL/Python, ...) and anon or authenticated may call it; medium where only others may. Or such a language was
--     marked trusted, so that whoever may create functions writes them in it.
-- remediation: Revoke EXECUTE, or drop the function; set lanpltrusted of the language to false.
-- cannot see: what the code does.

select
    application.name as object,
    format('Function %s is in language %I%s.', application.name, lanname,
        ', and may be called by ' || (
            select string_agg(visitor.name, ' and ' order by visitor.name) from maint.api_roles() as visitor
            where has_function_privilege(visitor.role, application.routine, 'execute')
                and has_schema_privilege(visitor.role, application.schema, 'usage'))) as detail,
    case when exists (
        select from maint.api_roles() as visitor
        where has_function_privilege(visitor.role, application.routine, 'execute')
            and has_schema_privilege(visitor.role, application.schema, 'usage')
    ) then 'critical' else 'medium' end as severity,
    jsonb_build_object('language', lanname, 'source', prosrc) as metadata,
    maint.platform_role(application.owner) as managed_by
from maint.application_functions() as application
join pg_proc on pg_proc.oid = application.routine
join pg_language on pg_language.oid = prolang and not lanpltrusted and lanname <> 'sql'
union all
select
    'language ' || quote_ident(lanname),
    format('Language %I reaches the server itself, and whoever may create functions may use it.', lanname),
    'critical',
    jsonb_build_object('language', lanname),
    null
from pg_language
where lanpltrusted and (lanname in ('c', 'internal') or lanname ~ 'u$')
