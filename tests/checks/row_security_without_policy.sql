-- harmless
create table public.closed (id integer primary key);
alter table public.closed enable row level security;
revoke all on public.closed from anon, authenticated;
-- problem: public.notes
create table public.notes (id integer primary key);
alter table public.notes enable row level security;
-- repair: fix
