-- title: Transaction that runs for long
-- severity: medium, because vacuum can remove nothing that is younger, and its locks stay
-- scope: server
-- needs: pg_catalog.pg_stat_activity, role pg_read_all_stats
-- description: A transaction has been running for hours. Dead rows pile up in every table meanwhile. Backups that
--     read the whole database are such transactions too: give them a longer limit, or ignore their finding.
-- remediation: Ask who runs it. If nobody needs it, cancel the statement, or end the session.
-- cannot see: whether it gets anywhere.
-- thresholds: after interval = 2 hours

select
    format('%s in %s', who, database) as object,
    format('A transaction of %s in database %s has run since %s%s (pid %s)%s.', who, database,
        to_char(min(transaction_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        ', from ' || (array_agg(client order by transaction_at))[1],
        (array_agg(pid order by transaction_at))[1],
        case when count(*) > 1 then format(', and %s more', count(*) - 1) else '' end) as detail,
    jsonb_build_object('pids', jsonb_agg(pid order by transaction_at), 'since', min(transaction_at)) as metadata,
    format('select pg_cancel_backend(%s);', (array_agg(pid order by transaction_at))[1]) as fix
from maint.sessions()
where transaction_at < clock_timestamp() - _after and state = 'active' and kind in ('client backend', 'background worker')
group by who, database
