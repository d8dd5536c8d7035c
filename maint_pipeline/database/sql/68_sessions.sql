-- Sessions: who they are, and who waits for whom. Statements of others are never read: they may hold secrets.

-- The sessions of people and programs (kind: client backend, walsender, ...; null, like what it does, where our role may
-- not see it). who: role and program.
create or replace function maint.sessions() returns table (
        pid integer, who text, role_name text, application text, client text, database text, kind text,
        state text, began_at timestamptz, transaction_at timestamptz, state_at timestamptz,
        waits_for text, xmin xid, xid xid
    )
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select pid, concat_ws(' ', coalesce(usename::text, 'nobody'), '(' || nullif(application_name, '') || ')'),
        usename::text, application_name, coalesce(host(client_addr), client_hostname), datname::text, backend_type,
        state, backend_start, xact_start, state_change, wait_event_type, backend_xmin, backend_xid
    from pg_stat_activity
    where pid <> pg_backend_pid()
        and (usesysid is not null or backend_type = 'walsender')
$$;

-- Each session that waits for a lock of another, with that one. blocker 0: a prepared transaction.
create or replace function maint.waits() returns table (
        pid integer, blocker integer, lock text, since timestamptz
    )
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with waiting as materialized (
        select distinct on (pid) pid, waitstart, format('%s on %s', mode, case
            when relation is null then locktype
            when database = (select oid from pg_database where datname = current_database())
                then relation::regclass::text
            else 'a relation of another database' end) as lock
        from pg_locks
        where not granted
        order by pid, waitstart
    )
    select waiting.pid, blocking.pid, waiting.lock, coalesce(waiting.waitstart, clock_timestamp())
    from waiting
    cross join lateral (select distinct unnest(pg_blocking_pids(waiting.pid)) as pid) as blocking
$$;

-- The chains from each session that waits to the root that waits for nobody. path: the pids, root first.
create or replace function maint.wait_chains()
    returns table (root integer, pid integer, path integer[], lock text, since timestamptz)
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with recursive waits as materialized (
        select pid, blocker, lock, since from maint.waits()
    ), chains (root, pid, path, lock, since) as (
        select waits.blocker, waits.pid, array[waits.blocker, waits.pid], waits.lock, waits.since
        from waits
        where not exists (select from waits as higher where higher.pid = waits.blocker)
        union all
        select chains.root, waits.pid, chains.path || waits.pid, waits.lock, waits.since
        from chains
        join waits on waits.blocker = chains.pid
        where waits.pid <> all (chains.path) and cardinality(chains.path) < 50
    )
    select distinct on (chains.root, chains.pid)
        chains.root, chains.pid, chains.path, chains.lock, chains.since
    from chains
    order by chains.root, chains.pid, cardinality(chains.path)
$$;
