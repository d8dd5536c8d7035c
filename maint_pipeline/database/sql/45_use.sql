-- What is known of use: who would miss something.

-- Whether users may sign in anonymously: what the setting says, or that some have. Null where nobody can tell.
create or replace function maint.has_anonymous_sign_ins() returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _setting constant text := (select value from maint.settings where name = 'anonymous_sign_ins');
    _has_some boolean;
begin
    if _setting is not null then
        return _setting = 'on';
    end if;
    if maint.missing_needs('{auth.users}') <> '{}' then
        return null;
    end if;
    -- By the row, because platforms of before have no such column.
    execute 'select exists (select from auth.users as u where to_jsonb(u) ->> ''is_anonymous'' = ''true'')'
    into _has_some;
    return nullif(_has_some, false);
exception when others then
    return null;
end
$$;

-- How often statements named a function, by pg_stat_statements; null where it is not there or can't be read.
create or replace function maint.calls_of(_routine oid) returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _view regclass;
    _calls bigint;
begin
    select format('%I.pg_stat_statements', nspname)::regclass into _view
    from pg_extension
    join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'pg_stat_statements' and has_schema_privilege(nspname, 'usage')
        -- Others' statements are hidden from who has no such rights: a count would be a lie.
        and pg_has_role('pg_read_all_stats', 'usage');
    if _view is null then
        return null;
    end if;
    execute format('select coalesce(sum(calls), 0) from %s '
        'where dbid = (select oid from pg_database where datname = current_database()) '
        'and query ~ $1', _view)
    into _calls
    using (
        select format('(^|[^\w$])"?%s"?\s*\(', regexp_replace(proname, '(\W)', '\\\1', 'g'))
        from pg_proc where oid = _routine
    );
    return _calls;
exception when others then
    -- It is there and not loaded, for one.
    return null;
end
$$;

-- Remembers when each index was seen first, and forgets those that are gone.
create or replace function maint.note_indexes() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.known_indexes (index_oid, name)
    select indexrelid, indexrelname
    from pg_stat_all_indexes
    where schemaname not in ('pg_catalog', 'information_schema', 'pg_toast', 'maint')
        and not exists (
            select from maint.known_indexes as known
            where known.index_oid = indexrelid and known.name = indexrelname
        );
    delete from maint.known_indexes
    where not exists (
        select from pg_class where pg_class.oid = index_oid and relname = name
    );
$$;
