-- harmless
update pg_catalog.pg_extension set extversion = 'foo' where extname = 'plpgsql';
-- problem: (select name from pg_available_extensions, pg_extension_update_paths(name) where target = default_version and source <> target and path is not null order by name limit 1)
insert into pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) select 990001, name, 10, 'public'::regnamespace, true, source from pg_available_extensions, pg_extension_update_paths(name) where target = default_version and source <> target and path is not null order by name limit 1;
-- repair
delete from pg_catalog.pg_extension where oid = 990001;
-- clean up
update pg_catalog.pg_extension set extversion = '1.0' where extname = 'plpgsql';
