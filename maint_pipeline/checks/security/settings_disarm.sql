-- title: A stored setting switches protection off
-- severity: high, because it holds for every session, and nobody sees it in the schema
-- needs: pg_catalog.pg_db_role_setting
-- description: ALTER DATABASE or ALTER ROLE stores a setting that switches triggers and foreign keys off
--     (session_replication_role), opens all large objects (lo_compat_privileges) or system tables
--     (allow_system_table_mods); or anon, authenticated or everybody was granted SET on a parameter that
--     superusers alone may set.
-- remediation: Reset the setting, or revoke the grant.
-- cannot see: settings of postgresql.conf and of single sessions.

select
    format('%s for %s', setting.name, setting.role_name) as object,
    format('%s is %s for %s.', setting.name, setting.value, setting.role_name) as detail,
    jsonb_build_object('setting', setting.name, 'value', setting.value, 'role', setting.role_name) as metadata,
    case when setting.role = 0 then format('alter database %I reset %s;', current_database(), setting.name)
        else format('alter role %I reset %s;', setting.role_name, setting.name) end as fix,
    null::jsonb as takes
from maint.stored_settings() as setting
where (setting.name, setting.value) in (('session_replication_role', 'replica'), ('lo_compat_privileges', 'on'),
    ('allow_system_table_mods', 'on'), ('zero_damaged_pages', 'on'), ('ignore_checksum_failure', 'on'))
union all
select
    format('%s may set %s', coalesce(nullif(grantee, 0)::regrole::text, 'public'), parname),
    format('%s may %s %s.', coalesce(nullif(grantee, 0)::regrole::text, 'Everybody'),
        lower(string_agg(privilege_type, ' and ' order by privilege_type)), parname),
    jsonb_build_object('parameter', parname, 'role', coalesce(nullif(grantee, 0)::regrole::text, 'public')),
    format('revoke all on parameter %s from %s;', parname, coalesce(nullif(grantee, 0)::regrole::text, 'public')),
    jsonb_build_object('what', 'set ' || parname, 'roles', jsonb_build_array(coalesce(nullif(grantee, 0)::regrole::text, 'public')))
from pg_parameter_acl
cross join lateral aclexplode(paracl)
where grantee = 0 or grantee in (select role from maint.api_roles())
group by parname, grantee
