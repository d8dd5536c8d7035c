-- harmless
create function public.careful() returns integer language sql security definer set search_path = '' as 'select 1';
-- problem: public.risky(); hidden.risky_too(text)
create schema hidden;
create function public.risky() returns integer language sql security definer as 'select 1';
create function hidden.risky_too(text) returns integer language sql security definer set work_mem = '8MB' as 'select 1';
-- repair: fix
