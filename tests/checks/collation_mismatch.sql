-- harmless
create collation public.german (provider = libc, locale = 'C');
-- problem: collation public.german
create table public.words (word text collate public.german primary key);
update pg_collation set collversion = '1.2.3' where collname = 'german';
-- repair
update pg_collation set collversion = pg_collation_actual_version(oid) where collname = 'german';
-- problem: ('database ' || quote_ident(current_database()))
update pg_database set datcollversion = '0.1' where datname = current_database();
-- repair
update pg_database set datcollversion = pg_database_collation_actual_version(oid) where datname = current_database();
