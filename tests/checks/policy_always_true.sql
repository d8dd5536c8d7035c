-- harmless
create table public.notes (id integer primary key, author uuid);
alter table public.notes enable row level security;
grant all on public.notes to anon, authenticated;
create policy reading on public.notes for select to anon using (true);
create policy own on public.notes for insert to authenticated with check (author = (select auth.uid()));
create policy own_rows on public.notes for all to authenticated using (author = (select auth.uid()) and true);
create policy nobody on public.notes for delete to anon using (false and true);
create policy all_of_the_service on public.notes to service_role using (true);
create policy narrowing on public.notes as restrictive for delete to anon using (false);
create policy narrowed on public.notes for delete to anon using (true);
create table public.open (id integer primary key);
revoke all on public.open from anon, authenticated;
create policy not_enforced on public.open for update using (true);
-- problem: public.notes: writing
create policy writing on public.notes for insert to anon with check (true);
-- repair
drop policy writing on public.notes;
-- harmless
create table public.drafts (id integer primary key, author uuid);
alter table public.drafts enable row level security;
grant insert on public.drafts to authenticated;
create function public.set_author() returns trigger language plpgsql set search_path = '' as 'begin new.author := auth.uid(); return new; end';
create trigger set_author before insert on public.drafts for each row execute function public.set_author();
create policy anything on public.drafts for insert to authenticated with check (true);
-- problem: public.notes: everything
create policy everything on public.notes for update using (1 = 1);
-- repair
drop policy everything on public.notes;
-- problem: public.notes: given away; public.notes: taken
create policy "given away" on public.notes for update to authenticated using (author = auth.uid()) with check (true);
create policy taken on public.notes for all to authenticated using (author = auth.uid()) with check (auth.uid() is not null);
-- repair
drop policy "given away" on public.notes;
drop policy taken on public.notes;
-- problem: public.notes: signed in; public.notes: itself; public.notes: either
create policy "signed in" on public.notes for update to authenticated using ((select auth.uid()) is not null);
create policy itself on public.notes for delete to authenticated using (id = id);
create policy either on public.notes for insert to authenticated with check ((true or author = auth.uid()));
-- repair
drop policy "signed in" on public.notes;
drop policy itself on public.notes;
drop policy either on public.notes;
-- problem: public.notes: a role of everybody
create policy "a role of everybody" on public.notes for update using (auth.role() = 'authenticated' or author = auth.uid());
-- repair
drop policy "a role of everybody" on public.notes;
-- harmless
create schema storage;
grant usage on schema storage to anon, authenticated;
create table storage.objects (id integer primary key, bucket_id text);
alter table storage.objects enable row level security;
grant all on storage.objects to anon, authenticated;
create schema closed;
create table closed.notes (id integer primary key);
alter table closed.notes enable row level security;
create policy unreachable on closed.notes using (true);
-- problem: storage.objects: files
create policy files on storage.objects to anon using (true);
-- repair
drop policy files on storage.objects;
