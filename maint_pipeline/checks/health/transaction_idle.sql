-- title: Transaction that does nothing
-- severity: medium, because it keeps its locks, and vacuum can remove nothing that is younger
-- scope: server
-- needs: pg_catalog.pg_stat_activity, role pg_read_all_stats
-- description: A session has begun a transaction and then sent nothing for long. Mostly a program forgot to commit, or
--     waits for a person or another service meanwhile.
-- remediation: End the session, and look in the program for the transaction that it leaves open.
--     idle_in_transaction_session_timeout ends such sessions by itself.
-- cannot see: programs that send a statement now and then.
-- thresholds: after interval = 10 minutes

select
    format('%s in %s', who, database) as object,
    format('A session of %s in database %s has been idle in a transaction since %s%s (pid %s)%s.', who, database,
        to_char(min(state_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        ', from ' || (array_agg(client order by state_at))[1], (array_agg(pid order by state_at))[1],
        case when count(*) > 1 then format(', and %s more', count(*) - 1) else '' end) as detail,
    case when min(state_at) < clock_timestamp() - 12 * _after then 'high' else 'medium' end as severity,
    jsonb_build_object('pids', jsonb_agg(pid order by state_at), 'since', min(state_at)) as metadata,
    format('select pg_terminate_backend(%s);', (array_agg(pid order by state_at))[1]) as fix
from maint.sessions()
where state like 'idle in transaction%' and state_at < clock_timestamp() - _after
group by who, database
