-- harmless
create view public.role_names as select rolname, rolpassword from pg_catalog.pg_roles;
create view public.own_rights with (security_invoker = on) as select rolname from pg_catalog.pg_authid;
create view public.kept as select rolname from pg_catalog.pg_authid;
grant select on public.role_names, public.own_rights to anon;
revoke all on public.kept from anon, authenticated;
-- problem: public.hashes
create view public.hashes as select rolname, rolpassword from pg_catalog.pg_authid;
grant select on public.hashes to authenticated;
-- repair: fix
-- problem: public.further
create schema inner_part;
grant usage on schema inner_part to anon;
create view inner_part.kept as select rolname from pg_catalog.pg_authid;
grant select on inner_part.kept to anon;
create view public.further with (security_invoker = on) as select * from inner_part.kept;
grant select on public.further to anon;
-- repair: fix
