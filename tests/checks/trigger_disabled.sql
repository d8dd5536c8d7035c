-- harmless
create table public.owners (id integer primary key);
create table public.notes (id integer primary key, owner_id integer constraint owned references public.owners);
create function public.on_note() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as 'begin return new; end';
create trigger noting before insert on public.notes for each row execute function public.on_note();
create trigger always before update on public.notes for each row execute function public.on_note();
alter table public.notes enable always trigger always;
-- problem: public.notes: noting
alter table public.notes disable trigger noting;
-- repair: fix
-- problem: public.notes: noting; public.notes: always; public.notes: owned
alter table public.notes disable trigger all;
-- repair
alter table public.notes enable trigger all;
