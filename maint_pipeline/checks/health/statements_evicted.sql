-- title: pg_stat_statements forgets statements
-- severity: low, because what it says about the rest is no whole, and forgetting is slow
-- scope: server
-- needs: maint.health_samples
-- description: More different statements run than pg_stat_statements.max holds, so it forgets the rare ones again and
--     again.
-- remediation: Raise pg_stat_statements.max (needs a restart), or let the programs use parameters instead of constants
--     in lists and names.
-- cannot see: anything where pg_stat_statements is not installed in this database and loaded.
-- thresholds: an_hour numeric = 10

select
    'pg_stat_statements' as object,
    format('Statements were forgotten %s times within %s; pg_stat_statements.max is %s.', evictions.growth,
        maint.in_words(make_interval(mins => round(60 * evictions.hours)::integer)),
        current_setting('pg_stat_statements.max')) as detail,
    jsonb_build_object('evictions', evictions.growth, 'hours', evictions.hours) as metadata,
    format('alter system set pg_stat_statements.max = %s;',
        2 * current_setting('pg_stat_statements.max')::integer) as fix
from maint.health_growth('evictions') as evictions
where maint.require(maint.statements_evicted_last() is not null,
        'pg_stat_statements is not installed in this database and loaded')
    and evictions.growth > 0 and evictions.growth >= _an_hour * evictions.hours
