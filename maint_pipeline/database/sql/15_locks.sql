-- Locks that only maintenance can take: rows of maint.locks, on which nobody but maint_owner has a
-- privilege. PostgreSQL's advisory locks would not do: whoever may connect can take any key, and
-- pg_locks shows those in use. docs/decisions/0025-who-may-hold-a-lock.md has what was weighed.
--
-- A session holds a lock while its row names it and its sign of life is there: an advisory lock on a
-- random key, chosen anew each time. The server takes that away when the session ends, however it ends.
-- Who gets hold of the key proves nothing, because backend and login have to be those of the row. No
-- transaction stays open, so vacuum is not held back.
-- A transaction holds a lock by locking its row, until it ends.
--
-- Locks of these functions: ROW EXCLUSIVE on maint.locks and FOR UPDATE on one row of it, until the
-- caller's transaction ends.

-- How long to wait for a lock: lock_timeout, or five seconds where there is none.
create or replace function maint.lock_patience() returns interval
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(nullif(current_setting('lock_timeout')::interval, '0'), '5 seconds')
$$;

-- Locks the row of a lock without waiting; all null where another transaction has it locked, or has
-- added it and is still at work.
create or replace function maint.lock_row(_name text) returns maint.locks
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '50ms'
as $$
declare
    _lock maint.locks;
begin
    if not exists (select from maint.locks where name = _name) then
        begin
            insert into maint.locks (name) values (_name) on conflict (name) do nothing;
        exception when lock_not_available then
            return null;
        end;
    end if;
    select * into _lock from maint.locks where name = _name for update skip locked;
    return _lock;
end
$$;

-- Whether the session that a lock's row names still lives.
create or replace function maint.is_alive(_lock maint.locks) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _lock.backend_pid is null or not exists (
        select from pg_locks
        where locktype = 'advisory' and granted and objsubid = 1 and pid = _lock.backend_pid
            and (classid::bigint << 32) | objid::bigint = _lock.sign
            and database = (select oid from pg_database where datname = current_database())
    ) then
        return false;
    end if;
    -- Within a transaction, what is told of sessions would stay as it was at the first look.
    perform pg_stat_clear_snapshot();
    return exists (
        select from pg_stat_get_activity(_lock.backend_pid) as session
        where session.usesysid = _lock.login
    );
end
$$;

-- Takes a lock for the session, until maint.unlock() or its end. False where others hold it. To be
-- called in a transaction of its own: the row has to be committed to be seen.
create or replace function maint.try_lock(_name text) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _lock maint.locks;
    _sign bigint;
begin
    -- Others may have the row for an instant, to look or to take it as we do.
    for _attempt in 1 .. 25 loop
        _lock := maint.lock_row(_name);
        exit when _lock.name is not null;
        perform pg_sleep(0.02);
    end loop;
    if _lock.name is null or maint.is_alive(_lock) then
        return false;
    end if;
    loop
        _sign := hashtextextended(gen_random_uuid()::text, 0);
        exit when pg_try_advisory_lock(_sign);
    end loop;
    -- A crash may lose this: it ends the session too. So the commit need not wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
    update maint.locks
    set backend_pid = pg_backend_pid(),
        login = (select usesysid from pg_stat_get_activity(pg_backend_pid())),
        sign = _sign,
        since = clock_timestamp()
    where name = _name;
    return true;
end
$$;

-- Gives back what maint.try_lock() took. Writes nothing: without its sign the row means nothing.
create or replace function maint.unlock(_name text) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select pg_advisory_unlock(sign)
    from maint.locks
    where name = _name and backend_pid = pg_backend_pid()
$$;

-- Takes a lock until the caller's transaction ends. False where others hold it.
create or replace function maint.try_lock_in_transaction(_name text) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _lock maint.locks;
begin
    select * into _lock from maint.locks where name = _name;
    -- Looked at first: whoever is refused must not have the row locked to the end of its transaction.
    if maint.is_alive(_lock) then
        return false;
    end if;
    _lock := maint.lock_row(_name);
    if _lock.name is null or maint.is_alive(_lock) then
        return false;
    end if;
    -- Tells others since when; that they may not see otherwise.
    perform pg_try_advisory_xact_lock_shared(hashtext(_name), maint.seconds_of(clock_timestamp()));
    return true;
end
$$;

-- A time as the second half of an advisory key: seconds since 2020, which suffice until 2088.
create or replace function maint.seconds_of(_at timestamptz) returns integer
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select extract(epoch from _at - timestamptz '2020-01-01 00:00:00+00')::integer $$;

-- Takes a lock until the caller's transaction ends, waiting for it as long as maint.lock_patience()
-- says. Raises lock_not_available (55P03), with who holds it as the detail.
create or replace function maint.wait_for_lock(_name text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _deadline timestamptz := clock_timestamp() + maint.lock_patience();
begin
    -- Asking again and again: an error that has to be caught would hide from others who holds the row.
    while not maint.try_lock_in_transaction(_name) loop
        if clock_timestamp() > _deadline then
            raise lock_not_available using
                message = format('the lock "%s" of maintenance is held by others', _name),
                detail = 'taken ' || maint.holder_in_words(maint.lock_holder(_name));
        end if;
        perform pg_sleep(0.02);
    end loop;
end
$$;

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
        -- Whoever has locked a row stands in its xmax.
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

-- Who holds locks on a table, or on any table that maintenance works with, in words; those first and
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
