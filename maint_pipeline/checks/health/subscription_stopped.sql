-- title: Subscription that does not replicate
-- severity: high, because what changes at its source does not arrive here
-- needs: pg_catalog.pg_stat_subscription
-- description: A subscription is enabled and has no worker, because its worker fails again and again or can't connect;
--     or an error has switched it off.
-- remediation: Read the server's log for the error: mostly a row that is there already, a table that is missing, or the
--     connection. Then enable it again.
-- cannot see: why; only the log says it.

select
    subscription.subname::text as object,
    case when subscription.subenabled then format('Subscription %I is enabled and has no worker.', subscription.subname)
        else format('Subscription %I was switched off by an error.', subscription.subname) end as detail,
    jsonb_build_object('enabled', subscription.subenabled) as metadata,
    case when not subscription.subenabled
        then format('alter subscription %I enable;', subscription.subname) end as fix
from (
    select oid, subname, subenabled, subdisableonerr
    from pg_subscription
    where subdbid = (select oid from pg_database where datname = current_database())
) as subscription
where subscription.subenabled and not exists (
        select from pg_stat_subscription as worker
        where worker.subid = subscription.oid and worker.relid is null and worker.pid is not null)
    or not subscription.subenabled and subscription.subdisableonerr
