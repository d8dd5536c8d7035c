-- harmless
create table public.notes (id integer primary key, author uuid);
alter table public.notes enable row level security;
create policy own on public.notes using (author = (select auth.uid()));
create policy reading on public.notes for select to anon using (true);
create policy with_a_key on public.notes for insert to anon with check (((current_setting('request.headers', true))::json ->> 'x-api-key') = 'k');
create table public.given (id integer primary key);
alter table public.given enable row level security;
revoke all on public.given from anon;
create policy guests on public.given for insert to anon with check (id > 0);
-- problem: public.notes
create policy guests on public.notes for insert to anon with check (id > 0);
-- repair: fix
