-- on a server of its own
-- prepare: needs select on pg_catalog.pg_hba_file_rules for maint_owner
grant select on pg_catalog.pg_hba_file_rules to maint_owner;
grant execute on function pg_catalog.pg_hba_file_rules() to maint_owner;
-- harmless
do $$ begin execute format('copy (values (%L), (%L)) to %L', 'local all all peer', 'host all all 10.0.0.0/8 scram-sha-256', current_setting('hba_file')); end $$;
-- problem: host all all 10.0.0.0 255.0.0.0 trust
do $$ begin execute format('copy (values (%L), (%L)) to %L', 'local all all peer', 'host all all 10.0.0.0/8 trust', current_setting('hba_file')); end $$;
-- repair
do $$ begin execute format('copy (values (%L)) to %L', 'host all all 10.0.0.0/8 scram-sha-256', current_setting('hba_file')); end $$;
-- clean up
do $$ begin execute format('copy (values (%L)) to %L', 'local all all trust', current_setting('hba_file')); end $$;
revoke all on pg_catalog.pg_hba_file_rules from maint_owner;
revoke all on function pg_catalog.pg_hba_file_rules() from maint_owner;
