-- problem: public.notes
create table public.notes (id integer primary key) with (autovacuum_enabled = off);
-- repair: fix
