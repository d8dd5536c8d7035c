-- harmless
create table public.tickets (id integer primary key, user_id uuid, status text);
alter table public.tickets enable row level security;
grant all on public.tickets to authenticated;
create policy own on public.tickets to authenticated using (user_id = (select auth.uid()) and status <> '');
create table public.signals (id integer primary key, status text);
alter table public.signals enable row level security;
grant all on public.signals to authenticated;
create policy counted on public.signals for insert to authenticated with check (status = 'new');
-- problem: public.tickets
create policy "open ones" on public.tickets for delete to authenticated using (status = 'open');
-- repair
drop policy "open ones" on public.tickets;
-- problem: public.tickets
create policy "new ones" on public.tickets for insert to authenticated with check (status = 'new');
-- repair
create function public.set_user() returns trigger language plpgsql set search_path = '' as 'begin new.user_id := auth.uid(); return new; end';
create trigger set_user before insert on public.tickets for each row execute function public.set_user();
