-- harmless
create table public.people (id uuid primary key, name text, role text, is_admin boolean default false);
alter table public.people enable row level security;
grant select on public.people to authenticated;
revoke update on public.people from anon, authenticated;
grant update (name) on public.people to authenticated;
create policy own on public.people for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
create table public.staff (id uuid primary key, role text);
alter table public.staff enable row level security;
grant all on public.staff to authenticated;
create policy own on public.staff for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()) and role = 'member');
create policy admins on public.staff for insert to authenticated with check (public.has_role((select auth.uid()), 'admin'));
create table public.members (user_id uuid, role text, primary key (user_id, role));
alter table public.members enable row level security;
grant all on public.members to authenticated;
create policy seen on public.members for select to authenticated using (user_id = (select auth.uid()));
-- problem: public.people.role; public.people.is_admin
grant update on public.people to authenticated;
-- repair
revoke update on public.people from authenticated;
-- problem: public.members.role
create policy joining on public.members for insert to authenticated with check (user_id = (select auth.uid()));
-- repair
drop policy joining on public.members;
-- harmless
create table public.messages (id integer primary key, author uuid, role text);
alter table public.messages enable row level security;
grant all on public.messages to authenticated;
create policy own on public.messages to authenticated using (author = (select auth.uid()));
-- harmless
create table public.accounts (id uuid primary key, tier text, nick text);
alter table public.accounts enable row level security;
grant select on public.accounts to authenticated;
revoke update on public.accounts from anon, authenticated;
grant update (nick) on public.accounts to authenticated;
create policy own on public.accounts to authenticated using (id = (select auth.uid()));
create policy paying on public.messages as restrictive to authenticated using (exists (select from public.accounts as a where a.id = (select auth.uid()) and a.tier = 'paid'));
-- problem: public.accounts.tier
grant update (tier) on public.accounts to authenticated;
-- repair
revoke update (tier) on public.accounts from authenticated;
