-- harmless
create table public.fine (id integer primary key, relation regclass);
-- problem: public.callbacks.function
create table public.callbacks (id integer primary key, function regprocedure);
-- repair: fix
