-- Figures that are all 0 where every failed backup was told exactly once to each of two channels, by an alert
-- of its own or in that of its organization, and every end of an alert once.
with failure as (
    select id::text as run, org_id::text as org,
        count(*) over (partition by org_id) > %(beyond)s as is_grouped
    from public.backup_runs where status = 'failed'
),
alert as (
    select id, substr(fingerprint, 15) as object, resolved is true as is_over
    from public.security_alerts where alert_type = 'backup_failed'
),
told as (
    select object, is_over, channel.name as channel,
        count(*) filter (where event = 'raised') as raised,
        count(*) filter (where event = 'resolved') as resolved,
        count(*) filter (where event not in ('raised', 'resolved')) as otherwise
    from alert cross join maint.notification_channels as channel
    left join maint.notifications as notification
        on notification.alert_id = alert.id and notification.channel = channel.name
    group by alert.id, object, is_over, channel.name
),
raised as (
    select object, array_agg(raised order by channel) = '{1,1}' as once from told group by object
)
select
    (select count(*) from failure left join raised on object = run
        where not is_grouped and once is not true) as not_told_once,
    (select count(distinct org) from failure left join raised on object = org
        where is_grouped and once is not true) as group_not_told_once,
    (select count(*) from failure join raised on object = run
        where is_grouped and not once) as told_twice_before_its_group,
    (select count(*) from told where resolved <> is_over::integer) as end_not_told_once,
    (select sum(otherwise) from told) as reopened_or_escalated,
    (select count(*) from alert
        left join failure as single on single.run = object
        left join (select distinct org from failure where is_grouped) as grouped
            on grouped.org = object
        where single.run is null and grouped.org is null) as about_nothing,
    (select count(*) - count(distinct object) from alert) as doubled
