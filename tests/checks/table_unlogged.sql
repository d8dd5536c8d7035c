-- harmless
create table public.kept (id integer primary key);
create temporary table passing (id integer);
-- problem: public.lost
create unlogged table public.lost (id integer primary key);
-- repair: fix
