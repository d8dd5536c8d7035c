-- harmless
create table public.child (id integer primary key, org_id uuid references public.orgs, other integer);
create index on public.child (org_id, other);
-- problem: public.partly: partly_org_id_fkey; public.bare: bare_org_id_fkey; public.second: second_org_id_fkey
create table public.partly (id integer primary key, org_id uuid references public.orgs);
create index on public.partly (org_id) where org_id is not null;
create table public.bare (id integer primary key, org_id uuid references public.orgs);
create table public.second (id integer primary key, org_id uuid references public.orgs, other integer);
create index on public.second (other, org_id);
-- repair: fix
