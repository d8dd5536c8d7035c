-- harmless
create view public.mine with (security_invoker = on) as select email from auth.users;
create view public.myself as select email from auth.users where id = (select auth.uid());
-- problem: public.people; public.addresses
create view public.people as select id, email from auth.users;
create materialized view public.addresses as select email from public.people;
-- repair: fix
-- problem: auth.users; public.mine
grant usage on schema auth to anon;
grant select on auth.users to anon;
-- repair
revoke select on auth.users from anon;
-- harmless
alter table auth.users enable row level security;
grant select on auth.users to anon;
-- problem: auth.users; public.mine
create policy everybody on auth.users for select using (true);
-- repair
drop policy everybody on auth.users;
