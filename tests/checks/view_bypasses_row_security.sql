-- harmless
create view public.invoking with (security_invoker = true) as select name from public.orgs;
create view public.constant as select 1 as one;
create view public.closed as select name from public.orgs;
revoke all on public.closed from anon, authenticated;
-- problem: public.bypassing; public.through_another
create view public.bypassing as select name from public.orgs;
create view public.through_another as select * from public.closed;
-- repair: fix
-- problem: public.written
create view public.written as select * from public.orgs;
revoke all on public.written from anon, authenticated;
grant update on public.written to authenticated;
-- repair: fix
