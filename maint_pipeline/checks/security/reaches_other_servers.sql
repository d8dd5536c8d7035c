-- title: The API reaches other servers or the server's files
-- severity: high, because requests come from inside your network then
-- needs: pg_catalog.pg_proc
-- description: anon or authenticated may execute functions that open connections (dblink, http, net.http_post),
--     or read and write files of the server. High where the API serves their schema; medium where it does
--     not, so that it takes an injection or a function of yours to call them.
-- remediation: Revoke EXECUTE from public and from these roles; keep such extensions in a schema that is not served.
-- cannot see: functions of yours that call these with what a caller passes.
-- thresholds: names text = dblink,dblink_connect,dblink_connect_u,dblink_exec,dblink_send_query,http,http_get,http_post,http_put,http_delete,http_patch,pg_read_file,pg_read_binary_file,pg_ls_dir,lo_import,lo_export,pg_file_write,plpython3u,postgres_fdw_get_connections

select
    format('%I for %s', nspname, visitor.name) as object,
    format('%s may execute %s in schema %I.', visitor.name,
        string_agg(distinct quote_ident(proname), ', '), nspname) as detail,
    case when exposed.is_served then 'high' else 'medium' end as severity,
    jsonb_build_object('functions', jsonb_agg(distinct proname), 'role', visitor.name, 'path',
        format('%s → function %I.%I → other servers', visitor.name, nspname, min(proname))) as metadata,
    string_agg(distinct format('revoke execute on function %s from public, anon, authenticated', pg_proc.oid::regprocedure),
        e';\n') || ';' as fix,
    jsonb_build_object('what', 'call ' || string_agg(distinct quote_ident(proname), ', '), 'roles', '["public"]'::jsonb, 'routines', jsonb_agg(distinct pg_proc.oid)) as takes,
    maint.platform_role(min(proowner::text)::oid) as managed_by
from pg_proc
join pg_namespace on pg_namespace.oid = pronamespace
join maint.api_roles() as visitor on has_function_privilege(visitor.role, pg_proc.oid, 'execute')
    and has_schema_privilege(visitor.role, pronamespace, 'usage')
cross join lateral (
    select pronamespace in (select maint.exposed_schemas()) as is_served
) as exposed
where proname = any (maint.listed(_names)) and prokind = 'f'
    -- What the server itself has asks for rights of its own, unless somebody granted it.
    and (nspname <> 'pg_catalog' or proacl is not null and (
        select bool_or(grantee in (select role from maint.api_roles()) or grantee = 0)
        from aclexplode(proacl) where privilege_type = 'EXECUTE'))
    and (nspname = 'pg_catalog' or exists (
        select from pg_depend
        where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'))
group by nspname, visitor.name, exposed.is_served
