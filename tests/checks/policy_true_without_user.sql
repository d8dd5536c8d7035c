-- harmless
create table public.notes (id integer primary key, author uuid);
alter table public.notes enable row level security;
create policy own on public.notes for select using (auth.uid() is not null and author = auth.uid());
create policy guarded on public.notes for delete using (auth.uid() is null and id < 0);
create table public.off (id integer primary key);
create policy inverted on public.off for select using (auth.uid() is null);
-- problem: public.notes: inverted; public.notes: in_a_select
create policy inverted on public.notes for select using (auth.uid() is null or author = auth.uid());
create policy in_a_select on public.notes for update using ((select auth.uid()) is null or id = 1);
-- repair
drop policy inverted on public.notes;
alter policy in_a_select on public.notes using ((select auth.uid()) is not null and id = 1);
-- problem: public.orgs: unknown; public.orgs: cases
create policy unknown on public.orgs for select using (coalesce(id = auth.uid(), true));
create policy cases on public.orgs for select using (case when auth.uid() is null then true else id = auth.uid() end);
-- repair
drop policy unknown on public.orgs;
drop policy cases on public.orgs;
