-- title: A role of the API is a member of a powerful role
-- severity: critical, because whoever has the address of the API has that role's rights
-- needs: pg_catalog.pg_auth_members
-- description: anon or authenticated is a member, directly or through others, of a role that is a superuser,
--     bypasses row level security, creates roles, reads or writes all data, owns the database or
--     application tables, is used by the service or does this maintenance.
-- remediation: Revoke the membership; grant the single rights that are needed.
-- cannot see: what a role may do through functions that run with its rights.

with recursive owners as materialized (
    select relowner as role, count(*) as tables
    from pg_class
    where relkind in ('r', 'p') and relnamespace in (select maint.exposed_schemas())
    group by relowner
), powerful as materialized (
    select pg_roles.oid as role, rolname, concat_ws(', ',
        case when rolsuper then 'is a superuser' end,
        case when rolbypassrls then 'bypasses row level security' end,
        case when rolcreaterole then 'may create roles' end,
        case when rolreplication then 'may replicate' end,
        case when rolname = 'pg_read_all_data' then 'reads every table' end,
        case when rolname = 'pg_write_all_data' then 'writes every table' end,
        case when rolname in ('pg_monitor', 'pg_read_all_stats', 'pg_read_all_settings', 'pg_stat_scan_tables',
            'pg_signal_backend', 'pg_checkpoint', 'pg_maintain', 'pg_execute_server_program',
            'pg_read_server_files', 'pg_write_server_files', 'pg_database_owner')
            then 'has rights over the server' end,
        case when rolname = 'service_role' then 'is the service' end,
        case when rolname in ('maint_owner', 'maint_worker') then 'does this maintenance' end,
        case when pg_roles.oid = (select datdba from pg_database where datname = current_database())
            then 'owns the database' end,
        case when owners.tables > 0
            then 'owns ' || maint.pluralize(owners.tables, 'table') || ' of the API' end) as because
    from pg_roles
    left join owners on owners.role = pg_roles.oid
), member_of (visitor, role, path, steps, is_through) as (
    select visitor.role, visitor.role, visitor.name, 0, false from maint.api_roles() as visitor
    union all
    -- What a powerful role is a member of in turn is the same finding.
    select member_of.visitor, roleid, format('%s → member of %s', member_of.path, roleid::regrole),
        member_of.steps + 1, member_of.steps > 0 and powerful.because <> ''
    from member_of
    join pg_auth_members on member = member_of.role
    join powerful on powerful.role = member_of.role
    where member_of.steps < 10 and not member_of.is_through
)
select distinct on (visitor.name, powerful.rolname)
    format('%I in %I', visitor.name, powerful.rolname) as object,
    format('%s is a member of %I, which %s.', visitor.name, powerful.rolname, powerful.because) as detail,
    case when powerful.rolname in ('pg_monitor', 'pg_read_all_stats', 'pg_read_all_settings',
        'pg_stat_scan_tables', 'pg_signal_backend', 'pg_checkpoint') and not visitor_is.privileged
        then 'high' else 'critical' end as severity,
    jsonb_build_object('role', visitor.name, 'member_of', powerful.rolname,
        'path', format('%s → %s', member_of.path, powerful.because)) as metadata,
    case when member_of.steps = 1 then format('revoke %I from %I;', powerful.rolname, visitor.name) end as fix,
    jsonb_build_object('what', format('use the rights of %I', powerful.rolname), 'roles', jsonb_build_array(visitor.name), 'relations', (
            -- What the role has by that membership only.
            select jsonb_agg(pg_class.oid)
            from pg_class
            where relkind in ('r', 'p', 'v', 'm', 'f')
                and exists (select from aclexplode(relacl) where grantee = powerful.role)
                and not exists (select from aclexplode(relacl) where grantee in (0, visitor.role)))) as takes
from member_of
join maint.api_roles() as visitor on visitor.role = member_of.visitor
join powerful on powerful.role = member_of.role and powerful.because <> ''
cross join lateral (
    select rolsuper or rolbypassrls as privileged from pg_roles where pg_roles.oid = powerful.role
) as visitor_is
where member_of.steps > 0 and not member_of.is_through and powerful.role not in (select role from maint.api_roles())
order by visitor.name, powerful.rolname, member_of.steps
