-- harmless
create table public.accounts (id integer primary key, owner uuid, password text, token_encrypted text, routine text);
alter table public.accounts enable row level security;
create policy own on public.accounts for select using (owner = (select auth.uid()));
-- problem: public.accounts.password
create policy all_of_them on public.accounts for select to anon using (true);
-- repair
drop policy all_of_them on public.accounts;
-- problem: public.customers.tax_number
create table public.customers (id integer primary key, tax_number text);
-- repair: fix
