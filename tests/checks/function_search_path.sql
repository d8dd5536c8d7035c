-- harmless
create function public.careful() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 1';
-- problem: public.careless(); public."Strange name"(integer)
create function public.careless() returns integer language sql as 'select 1';
create procedure public."Strange name"(integer) language sql as 'select 1';
-- repair: fix
