-- problem: public.remote
create foreign data wrapper elsewhere;
create server away foreign data wrapper elsewhere;
create foreign table public.remote (id integer) server away;
-- repair: fix
