-- title: The system sorts text otherwise than when indexes were built
-- severity: high, because indexes on text may answer wrongly and unique ones let duplicates in
-- needs: pg_catalog.pg_collation
-- description: The operating system's or ICU's version of a collation differs from the one that the database or a
--     collation was made with, as after an upgrade of the system.
-- remediation: Rebuild the indexes on text that use it (reindex database concurrently), then refresh the version.
-- cannot see: which indexes are really wrong (amcheck tells), and collations whose provider has no versions.

select
    'database ' || quote_ident(datname) as object,
    format('Database %I was made with version %s of its collation, and the system has %s.', datname,
        datcollversion, present.version) as detail,
    jsonb_build_object('made_with', datcollversion, 'present', present.version) as metadata
from pg_database
cross join lateral (select pg_database_collation_actual_version(pg_database.oid) as version) as present
where datname = current_database() and datcollversion is distinct from present.version
    and datcollversion is not null
union all
select
    format('collation %I.%I', nspname, collname),
    format('Collation %I.%I was made with version %s, and the system has %s.', nspname, collname, collversion,
        present.version),
    jsonb_build_object('made_with', collversion, 'present', present.version)
from pg_collation
join pg_namespace on pg_namespace.oid = collnamespace
cross join lateral (select pg_collation_actual_version(pg_collation.oid) as version) as present
where collversion is distinct from present.version and collversion is not null
    -- Hundreds come with the system; those matter that something uses.
    and exists (
        select from pg_depend
        where refclassid = 'pg_collation'::regclass and refobjid = pg_collation.oid
    )
