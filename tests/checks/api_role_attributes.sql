-- on a server of its own
-- harmless
create role sleeping bypassrls nologin;
-- problem: anon; authenticated
alter role anon bypassrls;
alter role authenticated createrole createdb;
-- repair: fix
-- problem: anon
alter role anon superuser;
-- repair: fix
-- clean up
alter role anon nosuperuser nobypassrls;
alter role authenticated nocreaterole nocreatedb;
drop role sleeping;
