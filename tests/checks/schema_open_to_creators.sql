-- problem: public for public; public for authenticated
grant create on schema public to public;
grant create on schema public to authenticated;
-- repair: fix
