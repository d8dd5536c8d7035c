-- problem: public for public; public for authenticated
grant create on schema public to public;
grant create on schema public to authenticated;
-- repair: fix
-- problem: database for anon
do $$ begin execute format('grant create on database %I to anon', current_database()); end $$;
-- repair: fix
