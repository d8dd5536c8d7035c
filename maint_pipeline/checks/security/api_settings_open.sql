-- title: The API is set up to show too much
-- severity: high, because the setting opens what grants alone would not
-- needs: pg_catalog.pg_db_role_setting
-- description: A setting of PostgREST that is stored in the database serves schemas of the platform or the server
--     (auth, vault, cron and the like), has requests without a token work as a role that bypasses row level
--     security or owns the database (critical), or shows how statements are executed (low).
-- remediation: Serve the schemas that are made for it; let requests without a token be anon; switch plans off.
-- cannot see: settings of the API's own configuration.
-- thresholds: schemas text = auth,vault,cron,net,realtime,pgsodium,supabase_functions,supabase_migrations,pg_catalog,information_schema,maint

select
    'schemas' as object,
    format('The API serves the %s.', maint.pluralize(count(*), 'schema') || ' '
        || string_agg(quote_ident(nspname), ', ' order by nspname)) as detail,
    'high' as severity,
    jsonb_build_object('schemas', jsonb_agg(nspname order by nspname)) as metadata
from maint.exposed_schemas() as served
join pg_namespace on pg_namespace.oid = served
where nspname = any (maint.listed(_schemas))
having count(*) > 0
union all
select
    'role of strangers',
    format('Requests without a token work as %I, which %s.', pg_roles.rolname,
        case when rolsuper then 'is a superuser' when rolbypassrls then 'bypasses row level security'
            else 'owns the database' end),
    'critical',
    jsonb_build_object('role', pg_roles.rolname, 'path', format('anybody → %s → every row', pg_roles.rolname))
from maint.stored_settings() as setting
join pg_roles on pg_roles.rolname = setting.value
where setting.name = 'pgrst.db_anon_role'
    and (rolsuper or rolbypassrls
        or pg_roles.oid = (select datdba from pg_database where datname = current_database()))
union all
select 'plans', 'The API shows how statements are executed, with estimates that count hidden rows.', 'low',
    jsonb_build_object('setting', setting.name)
from maint.stored_settings() as setting
where setting.name = 'pgrst.db_plan_enabled' and setting.value in ('true', 'on', '1')
