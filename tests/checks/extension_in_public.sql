-- problem: plpgsql
update pg_catalog.pg_extension set extnamespace = 'public'::regnamespace where extname = 'plpgsql';
-- repair
update pg_catalog.pg_extension set extnamespace = 'pg_catalog'::regnamespace where extname = 'plpgsql';
