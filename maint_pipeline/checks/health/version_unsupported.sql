-- title: PostgreSQL's version comes to its end
-- severity: low, because nobody corrects its errors from then on, and the way to the next takes a plan
-- scope: server
-- needs: pg_catalog.pg_settings
-- description: The server's major version gets no corrections any more (high), or will get none within half a year.
-- remediation: Plan the upgrade: pg_upgrade or logical replication, on a copy first.
-- cannot see: longer support that you have bought.
-- thresholds: within interval = 180 days; ends text = 14 2026-11-12, 15 2027-11-11, 16 2028-11-09, 17 2029-11-08, 18 2030-11-14

select
    'PostgreSQL' as object,
    format('PostgreSQL %s gets no corrections %s %s.', here.major,
        case when known.ends <= current_date then 'since' else 'after' end, known.ends) as detail,
    case when known.ends <= current_date then 'high' else 'low' end as severity,
    jsonb_build_object('version', current_setting('server_version'), 'ends', known.ends) as metadata
from (select current_setting('server_version_num')::integer / 10000 as major) as here
join (
    select split_part(version, ' ', 1)::integer as major, split_part(version, ' ', 2)::date as ends
    from unnest(maint.listed(_ends)) as version
) as known on known.major = here.major and known.ends < now() + _within
