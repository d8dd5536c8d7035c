-- title: A role of the API may pass on what it was granted
-- severity: medium, because one request that runs SQL opens the table to anybody, and revoking it needs CASCADE
-- needs: pg_catalog.pg_class
-- description: anon, authenticated or everybody has a privilege on a table or function with GRANT OPTION.
-- remediation: Revoke the option; the privilege itself stays.
-- cannot see: options on columns, and whether they were used.

select
    granted.name as object,
    format('%s may pass on %s.', granted.name,
        array_to_string((array_agg(distinct granted.what order by granted.what))[:5], ', ')) as detail,
    jsonb_build_object('role', granted.name,
        'objects', to_jsonb((array_agg(distinct granted.what order by granted.what))[:20])) as metadata,
    string_agg(distinct granted.fix, e';\n') || ';' as fix,
    jsonb_build_object('what', 'pass on what it was granted', 'roles', jsonb_build_array(granted.name)) as takes
from (
    select coalesce(nullif(grantee, 0)::regrole::text, 'public') as name,
        lower(format('%s on %s', privilege_type, pg_class.oid::regclass)) as what,
        format('revoke grant option for %s on %s from %s cascade', lower(privilege_type), pg_class.oid::regclass,
            coalesce(nullif(grantee, 0)::regrole::text, 'public')) as fix
    from pg_class
    cross join lateral aclexplode(relacl)
    where is_grantable and grantee <> relowner and relkind in ('r', 'p', 'v', 'm', 'f')
        and (grantee = 0 or grantee in (select role from maint.api_roles()))
    union all
    select coalesce(nullif(grantee, 0)::regrole::text, 'public'),
        format('execute on %s', pg_proc.oid::regprocedure),
        format('revoke grant option for execute on routine %s from %s cascade', pg_proc.oid::regprocedure,
            coalesce(nullif(grantee, 0)::regrole::text, 'public'))
    from pg_proc
    cross join lateral aclexplode(proacl)
    where is_grantable and grantee <> proowner
        and (grantee = 0 or grantee in (select role from maint.api_roles()))
) as granted
group by granted.name
