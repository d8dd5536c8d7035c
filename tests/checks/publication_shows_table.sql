-- harmless
create table public.quiet (id integer primary key);
alter table public.quiet enable row level security;
create publication supabase_realtime for table public.quiet;
create table public.loud (id integer primary key);
create publication for_the_warehouse for table public.loud;
-- problem: supabase_realtime: public.loud
alter publication supabase_realtime add table public.loud;
-- repair
alter table public.loud enable row level security;
-- problem: everything
create publication everything for all tables;
-- repair
drop publication everything;
-- problem: users: schema auth
create publication users for tables in schema auth;
-- repair
drop publication users;
