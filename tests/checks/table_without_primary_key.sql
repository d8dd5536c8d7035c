-- harmless
create table public.keyed (id integer primary key);
-- problem: public.heap
create table public.heap (id integer);
-- repair
alter table public.heap add primary key (id);
