-- harmless
create table public.notes (id integer primary key, author uuid);
alter table public.notes enable row level security;
create policy own on public.notes using (author = (select auth.uid()));
create policy reading on public.notes for select to anon using (true);
-- problem: public.notes
create policy guests on public.notes for insert to anon with check (id > 0);
-- repair: fix
