-- Which path and which time zone the application's own code expects. Never what the session has.
-- In PL/pgSQL, because purges ask for each batch, and SQL functions would be planned again each time.

-- What a setting is configured to be for a role in this database, or for the database where the role is 0;
-- null where nobody said so. Never what the session has: that is the caller's choice.
create or replace function maint.configured(_setting text, _role oid) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select substr(entry, length(_setting) + 2)
        from pg_db_role_setting
        cross join unnest(setconfig) as entry
        where setrole in (0, _role)
            and setdatabase in (0, (select oid from pg_database where datname = current_database()))
            and starts_with(lower(entry), lower(_setting) || '=')
        order by setrole = 0, setdatabase = 0
        limit 1
    );
end
$$;

-- The path that code belonging to a role expects: configured for the role, else for the database, else
-- PostgreSQL's default. pg_catalog always comes first and temporary objects last, and "$user" is the role,
-- not whoever calls.
create or replace function maint.application_path(_role oid) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _configured constant text := maint.configured('search_path', _role);
begin
    if _configured is null then
        return format('pg_catalog, %I, public, pg_temp', pg_get_userbyid(_role));
    end if;
    return concat_ws(', ', 'pg_catalog', (
        select string_agg(quote_ident(
                case name when '$user' then pg_get_userbyid(_role) else name end), ', ' order by position)
        from regexp_matches(_configured, '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g')
            with ordinality as parts (part, position)
        cross join lateral (select coalesce(replace(part[1], '""', '"'), lower(part[2]))) as entry (name)
        -- PostgreSQL's own, and temporary schemas by whatever name.
        where not starts_with(name, 'pg_') and name <> ''
    ), 'pg_temp');
end
$$;

-- The TimeZone that the server has where the database has none of its own, as it is now, when we migrate.
do $$
begin
    execute format(
        'create or replace function maint.server_time_zone() returns text '
        'language sql immutable set search_path = pg_catalog, pg_temp as %L',
        format('select %L::text', (select reset_val from pg_settings where name = 'TimeZone')));
end
$$;

-- The zone in which times without one are meant: the database's, else the server's; never the caller's.
create or replace function maint.application_time_zone() returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce(maint.configured('TimeZone', 0), maint.server_time_zone());
end
$$;
