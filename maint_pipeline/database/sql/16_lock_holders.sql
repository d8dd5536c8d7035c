-- Who holds the locks of maintenance (15_locks.sql), or a table, as text with role, backend and since
-- when. Takes no locks of its own.

-- Who holds a lock: {backend_pid, role, application, since}; null when nobody does.
create or replace function maint.lock_holder(_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _lock maint.locks;
    _pid integer;
    _since timestamptz;
begin
    select * into _lock from maint.locks where name = _name;
    if maint.is_alive(_lock) then
        _pid := _lock.backend_pid;
        _since := _lock.since;
    else
        -- The transaction that has locked a row is in its xmax.
        select held.pid, (
            select min(timestamptz '2020-01-01 00:00:00+00' + mark.objid::bigint * interval '1 second')
            from pg_locks as mark
            where mark.locktype = 'advisory' and mark.objsubid = 2 and mark.pid = held.pid
                and mark.classid::bigint = hashtext(_name)::bigint & 4294967295
        ) into _pid, _since
        from maint.locks as lock
        join pg_locks as held on held.transactionid = lock.xmax
        where lock.name = _name
            and held.locktype = 'transactionid' and held.mode = 'ExclusiveLock'
            and held.pid is distinct from pg_backend_pid();
        if not found then
            return null;
        end if;
    end if;
    return jsonb_strip_nulls(jsonb_build_object(
        'backend_pid', _pid,
        'role', (select usename from pg_stat_activity where pid = _pid),
        'application', (select nullif(application_name, '') from pg_stat_activity where pid = _pid),
        'since', _since
    ));
end
$$;

create or replace function maint.utc(_at timestamptz) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$ select to_char(_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') $$;

-- The same for people: "since 2026-03-04 12:00:00 UTC (maint_worker, backend 4242, psql)".
create or replace function maint.holder_in_words(_holder jsonb) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when _holder is null then 'elsewhere a moment ago'
        else concat_ws(' ',
            'since ' || maint.utc((_holder ->> 'since')::timestamptz),
            format('(%s)', concat_ws(', ',
                coalesce(_holder ->> 'role', 'a prepared transaction'),
                'backend ' || (_holder ->> 'backend_pid'),
                _holder ->> 'application')))
    end
$$;

-- Who holds locks on a table, or on any table that maintenance works with, as text; those first and
-- alone that let nobody else write. Since when a transaction lasts is shown to few: for others it has
-- lasted at least as long as we waited.
create or replace function maint.table_lock_holders(_relation regclass default null) returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _most_named constant integer := 3;
    _waiting_since timestamptz := clock_timestamp() - maint.lock_patience();
    _holders text[];
begin
    perform pg_stat_clear_snapshot();
    with holders as (
        select distinct on (held.pid, held.relation) held.pid, held.relation, held.mode,
            held.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                'AccessExclusiveLock') as is_strong
        from pg_locks as held
        join pg_class on pg_class.oid = held.relation
        where held.locktype = 'relation' and held.granted
            and held.database = (select oid from pg_database where datname = current_database())
            and held.mode <> 'AccessShareLock'
            and held.pid is distinct from pg_backend_pid()
            and case
                -- Nobody but its session waits for a temporary table.
                when _relation is null then pg_class.relpersistence <> 't' and (
                    held.mode = 'AccessExclusiveLock' or pg_class.relkind in ('r', 'p') and
                    has_table_privilege('maint_owner', held.relation, 'select, update, delete'))
                else held.relation = _relation
            end
        order by held.pid, held.relation, is_strong desc
    )
    select array_agg(
        format('%s holds %s on %s since %s',
            coalesce(format('backend %s of %I (%s)', holders.pid, session.usename,
                coalesce(nullif(session.application_name, ''), 'no application name')),
                'a prepared transaction'),
            -- AccessExclusiveLock is ACCESS EXCLUSIVE in SQL.
            upper(trim(regexp_replace(replace(holders.mode, 'Lock', ''), '([A-Z])', ' \1', 'g'))),
            holders.relation::regclass,
            coalesce(maint.utc(session.xact_start), maint.utc(_waiting_since) || ' or earlier'))
        order by holders.pid, holders.relation
    ) into _holders
    from holders
    left join pg_stat_activity as session on session.pid = holders.pid
    where holders.is_strong or not exists (select from holders where is_strong);
    return case
        when _holders is null then 'whoever held it has ended'
        else array_to_string(_holders[:_most_named], '; ')
            || case when cardinality(_holders) > _most_named
                then format(' and %s more', cardinality(_holders) - _most_named) else '' end
    end;
end
$$;

-- An error for people: one about a lock says who held it, which is the detail of those that we raise.
create or replace function maint.problem(_sqlstate text, _message text, _detail text) returns text
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when _sqlstate <> '55P03' then _message
        else format('%s: %s', _message, coalesce(nullif(_detail, ''), maint.table_lock_holders()))
    end
$$;
