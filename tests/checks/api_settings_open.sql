-- harmless
create schema api;
create schema vault;
update maint.settings set value = 'public, api' where name = 'exposed_schemas';
-- problem: schemas
update maint.settings set value = 'public, api, vault' where name = 'exposed_schemas';
-- repair
update maint.settings set value = null where name = 'exposed_schemas';
-- harmless
do $$ begin execute format('alter database %I set pgrst.db_anon_role = anon', current_database()); end $$;
-- problem: role of strangers; plans
do $$ begin execute format('alter database %I set pgrst.db_anon_role = service_role', current_database()); end $$;
do $$ begin execute format('alter database %I set pgrst.db_plan_enabled = true', current_database()); end $$;
-- repair
do $$ begin execute format('alter database %I reset pgrst.db_anon_role', current_database()); end $$;
do $$ begin execute format('alter database %I reset pgrst.db_plan_enabled', current_database()); end $$;
