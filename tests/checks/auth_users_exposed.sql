-- harmless
create view public.mine with (security_invoker = on) as select email from auth.users;
-- problem: public.people; public.addresses
create view public.people as select id, email from auth.users;
create materialized view public.addresses as select email from public.people;
-- repair: fix
