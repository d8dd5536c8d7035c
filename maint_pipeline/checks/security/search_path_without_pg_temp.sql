-- title: Privileged function lets temporary objects shadow its own
-- severity: medium, because it takes a session of the caller's own and a table name without schema
-- needs: pg_catalog.pg_proc
-- description: A SECURITY DEFINER function sets a search_path that does not end in pg_temp. PostgreSQL then
--     looks at the caller's temporary tables first, before any schema that is named.
-- remediation: Write pg_temp at the end of its search_path.

select
    application.name as object,
    format('Function %s has search_path %s, where temporary tables come first.', application.name,
        case path.text when '' then 'empty' else path.text end) as detail,
    jsonb_build_object('search_path', path.text, 'owner', pg_get_userbyid(application.owner))
        as metadata,
    format('alter routine %s set search_path = %s;', application.name,
        concat_ws(', ', nullif(path.text, ''), 'pg_temp')) as fix
from maint.application_functions() as application
cross join lateral (
    select replace(substr(setting, length('search_path=') + 1), '""', '') as text
    from unnest(application.config) as setting
    where setting like 'search_path=%'
) as path
where application.is_definer
    and path.text !~ '(^|[, ])"?pg_temp"?$'
