-- harmless
select lo_create(4711);
grant select on large object 4711 to service_role;
-- problem: anon; public
grant select on large object 4711 to anon;
grant select, update on large object 4711 to public;
-- repair: fix
