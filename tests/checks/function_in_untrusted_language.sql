-- harmless
create function public.plain() returns integer language plpgsql as 'begin return 1; end';
create function pg_temp.hidden() returns integer language sql as 'select 1';
-- problem: public.page(text)
create function public.page(text) returns text language internal as 'pg_read_file_all';
-- repair
drop function public.page(text);
-- problem: language internal
update pg_catalog.pg_language set lanpltrusted = true where lanname = 'internal';
-- repair
update pg_catalog.pg_language set lanpltrusted = false where lanname = 'internal';
