-- harmless
create table public.accounts (id integer primary key, owner uuid, password text, token_encrypted text, routine text);
alter table public.accounts enable row level security;
create policy own on public.accounts for select using (owner = (select auth.uid()));
create table public.models (id integer primary key, token_count integer, secret_at timestamptz, has_password boolean);
create view public.own_password with (security_invoker = on) as select password from public.accounts;
-- problem: public.accounts
create policy all_of_them on public.accounts for select to anon using (true);
-- repair
drop policy all_of_them on public.accounts;
-- problem: public.customers
create table public.customers (id integer primary key, tax_number text, iban text);
-- repair: fix
-- problem: public.directory
create table public.directory (id integer primary key, email text);
grant select on public.directory to anon;
-- repair: fix
