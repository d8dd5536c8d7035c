-- Locks that only maintenance can take: rows of maint.locks, on which nobody but maint_owner has a
-- privilege. PostgreSQL's advisory locks would not do: whoever may connect can take any key, and
-- pg_locks shows those in use. docs/decisions/0025-who-may-hold-a-lock.md has what was weighed.
--
-- A session holds a lock while its row names it and its sign of life is there: an advisory lock on a
-- random key, a new one each time. The server releases it when the session ends, however it ends.
-- Taking the key gains nothing, because backend and login have to be those of the row. No
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
-- added it and is still running.
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
    -- Within a transaction, the view of sessions would stay as it was at the first look.
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
    -- Shows others since when; otherwise they might not be allowed to see that.
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
