-- title: Sessions wait for another's lock
-- severity: high, because whoever waits does not answer its users
-- scope: server
-- needs: pg_catalog.pg_locks, pg_catalog.pg_stat_activity
-- description: Sessions have waited for a lock for longer than people do, directly or one behind the other. The finding
--     is about the one at the root, which waits for nobody.
-- remediation: Look what the root does (maint sessions shows all chains). If nobody needs it, end it: the others continue.
--     lock_timeout keeps changes of structure from queueing everybody behind them.
-- cannot see: waits for anything but locks, and what a session that our role may not see is doing.
-- thresholds: after interval = 1 minute

with chains as materialized (
    select root, pid, path, lock, since from maint.wait_chains()
), sessions as materialized (
    select pid, who, database, state, state_at, client from maint.sessions()
), concerned as (
    select chains.root, count(*) as waiting, min(chains.since) as since,
        jsonb_agg(chains.pid order by chains.since) as pids
    from chains
    group by chains.root
    having min(chains.since) < clock_timestamp() - _after
), longest as (
    select distinct on (root) root, path, lock
    from chains
    order by root, cardinality(path) desc, since
)
select
    coalesce(format('%s in %s', sessions.who, sessions.database), 'prepared transaction') as object,
    format('%s since %s for %s%s: %s (%s).',
        case concerned.waiting when 1 then 'One session waits'
            else format('%s sessions wait', concerned.waiting) end,
        to_char(concerned.since at time zone 'UTC', 'HH24:MI:SS "UTC"'),
        coalesce(format('%s, pid %s', sessions.who, concerned.root), 'a prepared transaction'),
        ', ' || sessions.state || ' since ' || to_char(sessions.state_at at time zone 'UTC', 'HH24:MI:SS "UTC"'),
        (
            select string_agg(format('%s (pid %s)', coalesce(waiter.who, 'somebody'), step.pid), ' behind '
                order by step.position desc)
            from unnest(longest.path) with ordinality as step (pid, position)
            left join sessions as waiter on waiter.pid = step.pid
            where step.position > 1),
        longest.lock) as detail,
    jsonb_build_object('root', concerned.root, 'waiting', concerned.pids, 'path', to_jsonb(longest.path),
        'since', concerned.since) as metadata,
    case when concerned.root > 0 then format('select pg_terminate_backend(%s);', concerned.root) end as fix
from concerned
join longest on longest.root = concerned.root
left join sessions on sessions.pid = concerned.root
