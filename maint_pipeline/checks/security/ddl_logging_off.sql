-- title: Changes of the schema are not logged
-- severity: low, because it is missed only after an incident
-- needs: pg_catalog.pg_settings, role pg_read_all_settings
-- description: log_statement is none and no pgaudit is loaded. Who created, altered or dropped what, and who
--     granted it to whom, can't be found out afterwards.
-- remediation: Set log_statement to ddl and reload, or install pgaudit.
-- cannot see: changes that an extension such as pgaudit logs.

select
    'log_statement' as object,
    'log_statement is none.' as detail,
    jsonb_build_object('shared_preload_libraries', current_setting('shared_preload_libraries', true))
        as metadata,
    'alter system set log_statement = ''ddl''' || e';\nselect pg_reload_conf();' as fix
where current_setting('log_statement') = 'none'
    and coalesce(current_setting('shared_preload_libraries', true), '') !~ 'pgaudit'
