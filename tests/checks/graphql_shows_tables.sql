-- problem: anon; authenticated
update pg_catalog.pg_extension set extname = 'pg_graphql' where extname = 'plpgsql';
-- repair
update pg_catalog.pg_extension set extname = 'plpgsql' where extname = 'pg_graphql';
