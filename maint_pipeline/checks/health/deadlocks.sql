-- title: Deadlocks
-- severity: medium, because each ends somebody's transaction with an error
-- needs: maint.health_samples
-- description: Transactions of this database have waited for each other in a circle, and the server has ended one each time.
-- remediation: The server's log has the statements. Let all transactions take their locks in the same order, or
--     try again.
-- cannot see: which tables; and those of other databases.
-- thresholds: an_hour numeric = 3

select
    current_database()::text as object,
    format('%s within %s.', maint.pluralize(deadlocks.growth::bigint, 'deadlock'),
        maint.in_words(make_interval(mins => round(60 * deadlocks.hours)::integer))) as detail,
    jsonb_build_object('deadlocks', deadlocks.growth, 'hours', deadlocks.hours) as metadata
from maint.health_growth('deadlocks') as deadlocks
where deadlocks.growth > 0 and deadlocks.growth >= _an_hour * deadlocks.hours
