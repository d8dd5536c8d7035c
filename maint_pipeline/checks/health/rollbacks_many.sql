-- title: Many transactions are rolled back
-- severity: low, because it is work for nothing, and mostly an error that users see
-- needs: maint.health_samples
-- description: A large part of the transactions of this database ended with a rollback within the last hour.
-- remediation: Look for errors in the server's log: mostly a program asks for something that is not there, or tries again and
--     again.
-- cannot see: errors within savepoints; programs that roll back on purpose after reading.
-- thresholds: share numeric = 0.3; at_least integer = 1000

select
    current_database()::text as object,
    format('%s%% of %s transactions within %s were rolled back.',
        round(100 * back.growth / (back.growth + kept.growth)), back.growth + kept.growth,
        maint.in_words(make_interval(mins => round(60 * back.hours)::integer))) as detail,
    jsonb_build_object('rolled_back', back.growth, 'committed', kept.growth, 'hours', back.hours) as metadata
from maint.health_growth('rollbacks') as back
cross join maint.health_growth('commits') as kept
where back.growth >= _at_least * back.hours and back.growth >= _share * (back.growth + kept.growth)
