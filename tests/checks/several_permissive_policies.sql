-- harmless
create table public.notes (id integer primary key, author uuid);
alter table public.notes enable row level security;
create policy own on public.notes for select to authenticated using (author = (select auth.uid()));
create policy visitors on public.notes for select to anon using (true);
create policy narrowing on public.notes as restrictive for select to authenticated using (id > 0);
create table public.off (id integer primary key);
create policy one on public.off for select using (true);
create policy another on public.off for select using (true);
-- problem: public.notes
create policy everything on public.notes to authenticated using (id = 1);
-- repair
drop policy own on public.notes;
