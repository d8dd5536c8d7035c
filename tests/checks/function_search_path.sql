-- harmless
create table public.notes (id integer primary key);
create function public.careful() returns bigint language sql set search_path = pg_catalog, pg_temp as 'select 1';
create function public.constant() returns integer language sql as 'select 1';
create function public.qualified() returns bigint language sql as 'select count(*) from public.notes where public.constant() = 1';
create function public.touching() returns trigger language plpgsql as 'begin new.at = now(); return new; end';
-- problem: public.careless(); public."Strange name"(integer)
create function public.careless() returns bigint language plpgsql as 'begin return (select count(*) from notes); end';
create procedure public."Strange name"(integer) language plpgsql as 'begin perform constant(); end';
-- repair: fix
