-- harmless
create table public.full_of_rows (id integer primary key, text text) with (autovacuum_enabled = off);
insert into public.full_of_rows select i, repeat('x', 100) from generate_series(1, 450000) as i;
analyze public.full_of_rows;
-- problem: public.emptied
create table public.emptied (id integer primary key, text text) with (autovacuum_enabled = off);
insert into public.emptied select i, repeat('x', 100) from generate_series(1, 450000) as i;
delete from public.emptied where id % 20 <> 0;
vacuum analyze public.emptied;
-- repair
vacuum full analyze public.emptied;
