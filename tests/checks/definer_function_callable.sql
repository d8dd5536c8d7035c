-- harmless
create function public.on_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as 'begin return new; end';
create function public.invoking() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 1';
create table public.private_notes (id integer primary key, author uuid);
alter table public.private_notes enable row level security;
create function public.my_notes() returns bigint language sql security definer set search_path = '' as 'select count(*) from public.private_notes where author = (select auth.uid())';
create function public.my_notes_through() returns bigint language sql security definer set search_path = '' as 'select public.my_notes()';
create function public.from_sql() returns bigint language sql security definer set search_path = '' begin atomic select count(*) from public.private_notes where author = (select auth.uid()); end;
-- problem: public.privileged()
create function public.privileged() returns bigint language sql security definer set search_path = '' as 'select count(*) from public.private_notes -- auth.uid()';
-- repair: fix
-- harmless
create table public.invitations (id bigint primary key, token text);
create function public.invitation(_given text) returns bigint language sql security definer set search_path = '' as 'select id from public.invitations where token = _given';
create function public.answering() returns boolean language sql security definer set search_path = pg_catalog, pg_temp as 'select exists (select from public.private_notes)';
create policy answering on public.orgs for select using (public.answering());
-- problem: public.asked_by_policies()
create function public.asked_by_policies() returns boolean language sql volatile security definer set search_path = pg_catalog, pg_temp as 'insert into public.private_notes values (1) returning true';
create policy asking on public.orgs for select using (public.asked_by_policies());
-- repair
drop policy asking on public.orgs;
drop function public.asked_by_policies();
-- problem: public.noting(integer)
create function public.noting(_id integer) returns void language sql security definer set search_path = '' as 'insert into public.private_notes values (_id, auth.uid()) on conflict do nothing; delete from public.private_notes where id = _id';
-- repair: fix
-- problem: inner_part.wipe()
create schema inner_part;
grant usage on schema inner_part to anon;
create function inner_part.wipe() returns void language sql security definer set search_path = '' as 'delete from public.private_notes';
create function public.wiping() returns void language sql set search_path = '' as 'select inner_part.wipe()';
-- repair
revoke execute on function inner_part.wipe() from public, anon, authenticated;
