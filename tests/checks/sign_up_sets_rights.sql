-- prepare
alter table auth.users add column if not exists raw_user_meta_data jsonb;
-- harmless
create function public.on_user() returns trigger language plpgsql security definer set search_path = '' as 'begin insert into public.profiles (id) select new.id where new.raw_user_meta_data ->> ''full_name'' <> ''''; return new; end';
create trigger on_user after insert on auth.users for each row execute function public.on_user();
-- problem: public.on_user()
create or replace function public.on_user() returns trigger language plpgsql security definer set search_path = '' as 'begin insert into public.profiles (id) select new.id where new.raw_user_meta_data ->> ''role'' <> ''''; return new; end';
-- repair
create or replace function public.on_user() returns trigger language plpgsql security definer set search_path = '' as 'begin insert into public.profiles (id) select new.id where new.raw_user_meta_data ->> ''nick'' <> ''''; return new; end';
