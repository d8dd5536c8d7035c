-- harmless
create table public.notes (id integer primary key, author uuid);
alter table public.notes enable row level security;
create policy reading on public.notes for select to anon using (true);
create policy own on public.notes for insert to authenticated with check (author = (select auth.uid()));
create policy all_of_the_service on public.notes to service_role using (true);
create policy narrowing on public.notes as restrictive for update to anon using (true);
-- problem: public.notes: writing
create policy writing on public.notes for insert to anon with check (true);
-- repair: fix
-- problem: public.notes: everything
create policy everything on public.notes using (1 = 1);
-- repair: fix
