-- title: Transaction states are read from the disk
-- severity: low, because every row that somebody looks at may wait for it
-- scope: server
-- needs: pg_catalog.pg_stat_slru, maint.health_samples
-- description: The small caches of the server (states of transactions, of subtransactions, multixacts) miss often.
--     Mostly very old transactions are open while many subtransactions (savepoints, exception blocks) are used.
-- remediation: End old transactions (transaction_long, transaction_idle) and avoid savepoints in loops; from PostgreSQL 17
--     on the caches can be larger (subtransaction_buffers and the like).
-- cannot see: which statements wait.
-- thresholds: reads_an_hour integer = 100000; hits numeric = 0.9

select
    slru.name as object,
    format('The cache %s had to read %s pages within %s; %s%% were there.', slru.name, slru.missed,
        maint.in_words(make_interval(mins => round(60 * slru.hours)::integer)),
        round(100 * slru.hit / (slru.hit + slru.missed), 1)) as detail,
    jsonb_build_object('read', slru.missed, 'hit', slru.hit, 'hours', slru.hours) as metadata
from (
    select present.key as name, growth.hours,
        (present.value ->> 0)::numeric - (span.earlier #>> array['slru', present.key, '0'])::numeric as hit,
        (present.value ->> 1)::numeric - (span.earlier #>> array['slru', present.key, '1'])::numeric as missed
    from maint.health_growth('commits') as growth
    cross join maint.health_window() as span
    cross join jsonb_each(span.latest -> 'slru') as present
) as slru
where slru.missed > _reads_an_hour * slru.hours and slru.hit < (slru.hit + slru.missed) * _hits
