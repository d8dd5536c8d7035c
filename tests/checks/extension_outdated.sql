-- harmless
select 1;
-- problem: plpgsql
update pg_catalog.pg_extension set extversion = '0.9' where extname = 'plpgsql';
-- repair
update pg_catalog.pg_extension set extversion = '1.0' where extname = 'plpgsql';
