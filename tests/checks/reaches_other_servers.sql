-- harmless
create schema extensions;
create function extensions.dblink(text) returns text language sql as 'select $1';
alter extension plpgsql add function extensions.dblink(text);
create function public.http_get(text) returns text language sql as 'select $1';
-- problem: extensions for anon
grant usage on schema extensions to anon;
-- repair: fix
-- problem: pg_catalog for authenticated
grant execute on function pg_catalog.lo_export(oid, text) to authenticated;
-- repair
revoke execute on function pg_catalog.lo_export(oid, text) from authenticated;
