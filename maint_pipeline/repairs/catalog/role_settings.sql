-- Settings of roles and of this database.
select
    format('%s in %s: %s', coalesce(quote_ident(rolname), 'all'), coalesce(quote_ident(datname), 'all'),
        split_part(entry, '=', 1)) as id,
    setrole as oid,
    jsonb_build_object(
        'role', quote_ident(rolname), 'database', quote_ident(datname), 'name', split_part(entry, '=', 1),
        'value', substr(entry, strpos(entry, '=') + 1)) as state
from pg_catalog.pg_db_role_setting
cross join unnest(setconfig) as entry
left join pg_catalog.pg_roles on pg_roles.oid = setrole
left join pg_catalog.pg_database on pg_database.oid = setdatabase
where setdatabase = 0 or datname = current_database()
