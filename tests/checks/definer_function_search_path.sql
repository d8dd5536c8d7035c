-- harmless
create function public.careful() returns integer language sql security definer set search_path = '' as 'select 1 + 1';
create function public.plain() returns uuid language sql security definer as 'select auth.uid()';
-- problem: public.risky(); hidden.risky_too(text)
create schema hidden;
create function public.risky() returns bigint language plpgsql security definer as 'begin return (select count(*) from orgs); end';
create function hidden.risky_too(text) returns integer language sql security definer set work_mem = '8MB' as 'select 1 where $1 = ''''';
-- repair: fix
