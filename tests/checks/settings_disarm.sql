-- harmless
do $$ begin execute format('alter database %I set session_replication_role = origin', current_database()); end $$;
-- problem: session_replication_role for everybody
do $$ begin execute format('alter database %I set session_replication_role = replica', current_database()); end $$;
-- repair: fix
-- problem: anon may set session_replication_role
grant set on parameter session_replication_role to anon;
-- repair: fix
-- clean up
revoke all on parameter session_replication_role from anon;
