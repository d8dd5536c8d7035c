-- harmless
create table public.notes (id integer primary key, author uuid, team text);
alter table public.notes enable row level security;
create policy once on public.notes for select using (author = (select auth.uid()));
create policy once_from_claims on public.notes for select using (team = (select auth.jwt() ->> 'team'));
create table public.off (id integer primary key, author uuid);
create policy adding on public.notes for insert with check (author = auth.uid());
create policy per_row on public.off for select using (author = auth.uid());
create schema realtime;
grant usage on schema realtime to authenticated;
create table realtime.messages (id integer primary key);
alter table realtime.messages enable row level security;
-- problem: realtime.messages: hearing
create policy hearing on realtime.messages for select to authenticated using ('a' = auth.role());
-- repair: fix
-- problem: public.notes: per_row; public.notes: both_ways
create policy per_row on public.notes for select using (author = auth.uid());
create policy both_ways on public.notes for update using (author = auth.uid()) with check (team = current_setting('app.team', true));
-- repair: fix
