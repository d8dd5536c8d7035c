-- title: Everybody uses one login of another server
-- severity: high, because whoever may use the server has that login's rights there
-- needs: pg_catalog.pg_user_mappings
-- description: A user mapping is for PUBLIC, anon or authenticated: its login and password serve whoever uses the foreign server or
--     dblink as that role. High where such a role has USAGE on the server or one of
--     its foreign tables is granted, medium otherwise.
-- remediation: Make a mapping for each role that needs one, with a login that can do no more than it must.
-- cannot see: passwords (only the server's owner is shown them), and what that login may do there.

select
    pg_foreign_server.srvname || case when umuser <> 0 then ' for ' || usename else '' end as object,
    format('%s who may use server %I works there with one login%s.',
        case umuser when 0 then 'Everybody' else initcap(usename) end, pg_foreign_server.srvname,
        ', whose password is stored' || case when array_to_string(umoptions, ',') ~ 'password=' then '' end)
        as detail,
    case when use.is_reached then 'high' else 'medium' end as severity,
    jsonb_build_object('server', pg_foreign_server.srvname, 'wrapper', (select fdwname from pg_foreign_data_wrapper where oid = srvfdw),
        'options_seen', umoptions is not null) as metadata,
    maint.platform_role(srvowner) as managed_by
from pg_user_mappings
join pg_foreign_server on pg_foreign_server.oid = srvid
cross join lateral (
    select exists (
        select from maint.api_roles() as visitor
        where has_server_privilege(visitor.role, srvid, 'usage')
            or exists (
                select from pg_foreign_table
                where ftserver = srvid and has_any_column_privilege(visitor.role, ftrelid, 'select, insert, update'))
    ) as is_reached
) as use
where umuser = 0 or umuser in (select role from maint.api_roles())
