-- harmless
create table public.news (id integer primary key, author uuid);
alter table public.news enable row level security;
grant all on public.news to anon, authenticated;
create policy "everybody reads" on public.news for select using (true);
create policy own on public.news to authenticated using (author = (select auth.uid()));
create table public.letters (id integer primary key, author uuid, is_read boolean);
alter table public.letters enable row level security;
grant all on public.letters to authenticated;
create policy own on public.letters for select to authenticated using (author = (select auth.uid()));
create policy mine on public.letters for select to authenticated using (case when is_read then author = (select auth.uid()) else coalesce(author = (select auth.uid()), false) end);
create table public.members_only (id integer primary key);
alter table public.members_only enable row level security;
grant select on public.members_only to authenticated;
create policy "signed in" on public.members_only for select to authenticated using ((select auth.uid()) is not null);
-- problem: public.letters: all of them
create policy "all of them" on public.letters for select to authenticated using (true);
-- repair
drop policy "all of them" on public.letters;
-- problem: public.news: itself
create policy itself on public.news for select to authenticated using (id = id);
-- repair
drop policy itself on public.news;
-- problem: public.letters: shadowed
create policy shadowed on public.letters for select to authenticated using (exists (select from public.news as n where n.id = n.id and n.author = auth.uid()));
-- repair
drop policy shadowed on public.letters;
-- harmless
create policy narrowing on public.letters as restrictive for select to authenticated using (author = (select auth.uid()));
create policy narrowed on public.letters for select to authenticated using (true or id = 1);
