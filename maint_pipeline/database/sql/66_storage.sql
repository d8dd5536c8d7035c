-- What storage takes: measured once a day, thinned out after two years. record_storage calls it as maint_owner.
-- Nothing of the application's is read but the catalogs, statistics and the lengths of files.

-- The lengths of a relation's files. A relation that somebody keeps locked costs a tenth of a second and is
-- said; one that was dropped has nulls. Locks: ACCESS SHARE on it, its TOAST table and its indexes, for as long as
-- their files are looked at, and none afterwards.
create or replace function maint.storage_of(
    _relation oid, out heap_bytes bigint, out toast_bytes bigint, out index_bytes bigint, out is_locked boolean
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '100ms'
as $$
declare
    _toast constant oid := (select nullif(reltoastrelid, 0) from pg_class where oid = _relation);
begin
    is_locked := false;
    heap_bytes := pg_relation_size(_relation, 'main') + pg_relation_size(_relation, 'fsm')
        + pg_relation_size(_relation, 'vm');
    index_bytes := pg_indexes_size(_relation);
    toast_bytes := case when _toast is null then 0 else pg_total_relation_size(_toast) end;
exception
    when lock_not_available then
        heap_bytes := null;
        is_locked := true;
    when undefined_table or undefined_object or undefined_file then
        heap_bytes := null;
end
$$;

-- Relations that somebody has locked against every look, or waits to: measuring them would wait too.
-- An index or a TOAST table stands for its table.
create or replace function maint.relations_locked_away() returns setof oid
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with locked as (
        select distinct relation
        from pg_locks
        where locktype = 'relation' and mode = 'AccessExclusiveLock' and pid is distinct from pg_backend_pid()
            and database in (0, (select oid from pg_database where datname = current_database()))
    )
    select relation from locked
    union
    select indrelid from locked join pg_index on indexrelid = relation
    union
    select owning.oid
    from locked
    left join pg_index on indexrelid = relation
    join pg_class as owning on owning.reltoastrelid = coalesce(indrelid, relation)
$$;

-- How wide a row is on average, by the statistics; null where a column's may not be read, or are not there yet.
create or replace function maint.row_widths() returns table (relation oid, bytes double precision)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with figures as materialized (
        select schemaname, tablename, attname, avg_width * (1 - null_frac) as width
        from pg_stats
        where not inherited
    )
    select pg_class.oid,
        case when bool_and(width is not null or attlen > 0)
            -- A row has a header of 23 bytes and a pointer of 4, and is aligned to 8.
            then 28 + 8 * ceil(sum(coalesce(width, attlen)) / 8) end
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    left join figures on schemaname = nspname and tablename = relname and figures.attname = pg_attribute.attname
    where relkind in ('r', 'm') and relpersistence <> 't'
    group by pg_class.oid
$$;

-- A day's sizes of every relation, ready to be written. Temporary ones are left out: their sessions may keep
-- them locked.
create or replace function maint.storage_of_relations() returns table (
        schema_name text, relation_name text, root_schema text, root_name text, heap_bytes bigint,
        toast_bytes bigint, index_bytes bigint, live_rows bigint, dead_rows bigint, reusable_bytes bigint,
        is_locked boolean
    )
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with measured as materialized (
        select class.oid, relnamespace, relname, relispartition, size.heap_bytes, size.toast_bytes,
            size.index_bytes, coalesce(size.is_locked, true) as is_locked,
            -- Counts that a crash reset are not trusted before the next vacuum or analyze.
            case
                when coalesce(pg_stat_get_last_vacuum_time(class.oid), pg_stat_get_last_autovacuum_time(class.oid),
                    pg_stat_get_last_analyze_time(class.oid), pg_stat_get_last_autoanalyze_time(class.oid)) is not null
                    then pg_stat_get_live_tuples(class.oid)
                when reltuples >= 0 then reltuples::bigint
                when size.heap_bytes = 0 then 0
                else nullif(pg_stat_get_live_tuples(class.oid), 0)
            end as live,
            pg_stat_get_dead_tuples(class.oid) as dead
        from pg_class as class
        left join maint.relations_locked_away() as away (oid) on away.oid = class.oid
        left join lateral maint.storage_of(class.oid) as size on away.oid is null
        where relkind in ('r', 'm') and relpersistence <> 't'
    )
    select own_space.nspname::text, measured.relname::text, root_space.nspname::text, root.relname::text,
        measured.heap_bytes, measured.toast_bytes, measured.index_bytes, live,
        case when measured.live is not null then measured.dead end,
        -- greatest() would make 0 of null.
        case when live * width.bytes is not null
            then greatest(0, measured.heap_bytes - live * width.bytes)::bigint end,
        is_locked
    from measured
    join pg_namespace as own_space on own_space.oid = measured.relnamespace
    left join maint.row_widths() as width on width.relation = measured.oid
    left join pg_class as root on measured.relispartition and root.oid = pg_partition_root(measured.oid)
    left join pg_namespace as root_space on root_space.oid = root.relnamespace
    where measured.heap_bytes is not null or is_locked
$$;

-- The size of a database, null where it may not be seen, or does not exist any more.
create or replace function maint.database_bytes(_database oid) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pg_database_size(_database);
exception when insufficient_privilege or invalid_catalog_name or undefined_object or undefined_file then
    return null;
end
$$;

-- What files of the server take: of the WAL, or of queries that are running. Null where it may not be seen:
-- only members of pg_monitor may, or who has EXECUTE on these functions of PostgreSQL's.
create or replace function maint.server_files_bytes(_kind text) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _kind = 'wal' then
        return (select coalesce(sum(size), 0) from pg_ls_waldir());
    end if;
    return (
        select coalesce(sum(files.size), 0)
        from pg_tablespace
        cross join lateral pg_ls_tmpdir(pg_tablespace.oid) as files
        where spcname <> 'pg_global');
exception when insufficient_privilege or undefined_file then
    return null;
end
$$;

create or replace function maint.storage_of_others() returns table (kind text, name text, bytes bigint)
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select 'database', datname::text, maint.database_bytes(oid) from pg_database where not datistemplate
    union all
    select 'wal', '', maint.server_files_bytes('wal')
    union all
    select 'wal_written', '', pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
    union all
    select 'slot', slot_name::text,
        greatest(0, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))::bigint
    from pg_replication_slots
    union all
    select 'temporary', '', maint.server_files_bytes('temporary')
    union all
    select 'temporary_written', datname::text, temp_bytes
    from pg_stat_database
    where datname = current_database()
$$;

-- Leaves of each week before the last two years the first day that a relation was measured, and nothing of
-- relations that were last seen before them. Returns how many sizes went.
create or replace function maint.thin_storage(_today date) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _first_kept constant date := date_trunc('week', _today - interval '2 years')::date;
    _days constant date[] := array(
        select day from maint.storage_days where day < _first_kept and not is_thinned);
    _thinned bigint;
    _forgotten bigint;
begin
    delete from maint.storage_sizes as size
    where day = any (_days)
        and exists (
            select
            from maint.storage_sizes as earlier
            where earlier.relation_id = size.relation_id and earlier.day < size.day
                and earlier.day >= date_trunc('week', size.day)::date);
    get diagnostics _thinned = row_count;
    delete from maint.storage_others as other
    where day = any (_days)
        and exists (
            select
            from maint.storage_others as earlier
            where earlier.kind = other.kind and earlier.name = other.name and earlier.day < other.day
                and earlier.day >= date_trunc('week', other.day)::date);
    update maint.storage_days set is_thinned = true where day = any (_days);

    delete from maint.storage_sizes
    where relation_id in (
        select id
        from maint.storage_relations
        where not exists (
            select from maint.storage_sizes as size where size.relation_id = id and size.day >= _first_kept));
    get diagnostics _forgotten = row_count;
    delete from maint.storage_relations
    where not exists (select from maint.storage_sizes where relation_id = id);
    return _thinned + _forgotten;
end
$$;

-- Records what everything takes today (UTC). A second time on one day puts the new sizes into the place of the
-- first ones; what can't be measured now keeps those. Returns `relations, unmeasured` (how many), `bytes` (of all
-- relations measured), `unmeasured_names`, `thinned`.
create or replace function maint.record_storage() returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _today constant date := (clock_timestamp() at time zone 'UTC')::date;
    _names text[];
    _measured bigint;
    _bytes bigint;
    _unmeasured bigint;
begin
    with found as materialized (
        select * from maint.storage_of_relations()
    ), known as (
        insert into maint.storage_relations as known (schema_name, relation_name, root_schema, root_name)
        select schema_name, relation_name, root_schema, root_name from found where not is_locked
        except
        select schema_name, relation_name, root_schema, root_name from maint.storage_relations
        on conflict (schema_name, relation_name) do update
            set root_schema = excluded.root_schema, root_name = excluded.root_name
        returning id, schema_name, relation_name
    ), named as (
        select id, schema_name, relation_name from known
        union
        select id, schema_name, relation_name from maint.storage_relations
    ), written as (
        insert into maint.storage_sizes (
            relation_id, day, heap_bytes, toast_bytes, index_bytes, live_rows, dead_rows, reusable_bytes)
        select id, _today, heap_bytes, toast_bytes, index_bytes, live_rows, dead_rows, reusable_bytes
        from found
        join named using (schema_name, relation_name)
        where not is_locked
        on conflict (relation_id, day) do update
            set heap_bytes = excluded.heap_bytes, toast_bytes = excluded.toast_bytes,
                index_bytes = excluded.index_bytes, live_rows = excluded.live_rows,
                dead_rows = excluded.dead_rows, reusable_bytes = excluded.reusable_bytes
        returning heap_bytes + toast_bytes + index_bytes as bytes
    )
    select (select count(*) from written), (select coalesce(sum(bytes), 0) from written),
        count(*) filter (where is_locked),
        (array_agg(format('%I.%I', schema_name, relation_name) order by schema_name, relation_name)
            filter (where is_locked))[:100]
    into _measured, _bytes, _unmeasured, _names
    from found;

    insert into maint.storage_others as other (day, kind, name, bytes)
    select _today, kind, name, bytes from maint.storage_of_others()
    on conflict (day, kind, name) do update set bytes = coalesce(excluded.bytes, other.bytes);

    insert into maint.storage_days (day, taken_at, relations, unmeasured, unmeasured_count)
    values (_today, clock_timestamp(), _measured, coalesce(_names, '{}'), _unmeasured)
    on conflict (day) do update
        set taken_at = excluded.taken_at, relations = excluded.relations, unmeasured = excluded.unmeasured,
            unmeasured_count = excluded.unmeasured_count;

    return jsonb_build_object('relations', _measured, 'bytes', _bytes, 'unmeasured', _unmeasured,
        'unmeasured_names', coalesce(to_jsonb(_names), '[]'), 'thinned', maint.thin_storage(_today));
end
$$;
