-- title: Large objects open to the API's roles
-- severity: medium, because no row level security stands before them
-- needs: pg_catalog.pg_largeobject_metadata
-- description: Large objects are granted to everybody, anon or authenticated, or every one of them is open because
--     lo_compat_privileges is on (high).
-- remediation: Revoke the grants; switch lo_compat_privileges off.
-- cannot see: what is in them.

select
    coalesce(nullif(grantee, 0)::regrole::text, 'public') as object,
    format('%s may %s %s.', coalesce(nullif(grantee, 0)::regrole::text, 'Everybody'),
        string_agg(distinct case privilege_type when 'SELECT' then 'read' else 'write' end, ' and '),
        maint.pluralize(count(distinct pg_largeobject_metadata.oid), 'large object')) as detail,
    case when bool_or(privilege_type = 'UPDATE') and grantee <> (select role from maint.api_roles() where name = 'authenticated')
        then 'high' else 'medium' end as severity,
    jsonb_build_object('objects', to_jsonb((array_agg(distinct pg_largeobject_metadata.oid))[:10])) as metadata,
    string_agg(distinct format('revoke all on large object %s from %s', pg_largeobject_metadata.oid,
        coalesce(nullif(grantee, 0)::regrole::text, 'public')), e';\n') || ';' as fix,
    jsonb_build_object('what', 'use these large objects', 'roles', jsonb_build_array(coalesce(nullif(grantee, 0)::regrole::text, 'public'))) as takes
from pg_largeobject_metadata
cross join lateral aclexplode(lomacl)
where grantee = 0 or grantee in (select role from maint.api_roles())
group by grantee
union all
select 'lo_compat_privileges', 'lo_compat_privileges is on: every role reads and writes every large object.', 'high',
    '{"setting": "lo_compat_privileges"}', null, null
where current_setting('lo_compat_privileges') = 'on'
    and exists (select from pg_largeobject_metadata)
