-- title: Less is found in memory than before
-- severity: low, because what is not in memory is read from the disk
-- needs: maint.health_samples
-- description: Of the blocks that queries asked for in the last hour, many more than usual were not in
--     PostgreSQL's own memory. Usual is the median of the hours of the last week, a day of them at least.
-- remediation: Look what is new: a query without an index, a report, an import, a table that has outgrown memory.
-- cannot see: what the operating system's memory held.
-- thresholds: points numeric = 10; blocks integer = 100000

with hourly as (
    select taken_at,
        (figures ->> 'blocks_read')::numeric - lag((figures ->> 'blocks_read')::numeric) over by_time as missed,
        (figures ->> 'blocks_hit')::numeric - lag((figures ->> 'blocks_hit')::numeric) over by_time as hit,
        figures ->> 'reset_at' is not distinct from lag(figures ->> 'reset_at') over by_time as is_one
    from maint.health_samples
    where taken_at > now() - interval '7 days'
    window by_time as (order by taken_at)
), usual as (
    select percentile_cont(0.5) within group (order by 100 * hit / (hit + missed)) as percent, count(*) as spans
    from hourly
    where is_one and missed >= 0 and hit >= 0 and hit + missed >= 1000 and taken_at < now() - interval '1 hour'
)
select
    current_database()::text as object,
    format('%s%% of the blocks that were asked for were in memory, where %s%% are usual.',
        round(100 * hit.growth / (hit.growth + missed.growth), 1), round(usual.percent::numeric, 1)) as detail,
    jsonb_build_object('percent', round(100 * hit.growth / (hit.growth + missed.growth), 2),
        'usual', round(usual.percent::numeric, 2)) as metadata
from maint.health_growth('blocks_read') as missed
cross join maint.health_growth('blocks_hit') as hit
cross join usual
where usual.spans >= 24 and missed.growth > _blocks
    and 100 * hit.growth / (hit.growth + missed.growth) < usual.percent - _points
