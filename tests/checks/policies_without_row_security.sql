-- problem: public.orgs
alter table public.orgs disable row level security;
-- repair: fix
