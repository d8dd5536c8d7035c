-- title: Backup overdue
-- severity: high, because nothing fails when a backup silently stops
-- needs: organizations.id, backup_settings.org_id, backup_runs.org_id, backup_runs.status,
--     backup_runs.started_at
-- description: An organization with an enabled backup has had no success within 26 hours, a day and
--     some slack, or never. Nothing fails when a backup silently stops, so only this sees it.
-- remediation: Look whether the backup is still scheduled for the organization, and run one by hand.
-- cannot see: whether the file that a run names is still there.
-- thresholds: after interval = 26 hours

-- Nearly all have a success within the time, which one range of an index shows for all at once.
with recent as materialized (
    select distinct run.org_id
    from maint.backup_runs() as run
    where run.status = 'ok' and run.started_at > now() - _after
), candidate as (
    select org.id, org.name
    from maint.organizations() as org
    join maint.backup_settings() as settings on settings.org_id = org.id and settings.enabled
    where org.deleted_at is null
        -- A backup that was set up today has its first day.
        and settings.created_at < now() - _after
        and not exists (select from recent where recent.org_id = org.id)
)
select
    candidate.id as object,
    case
        when latest.succeeded_at is null then format(
            'Organization "%s" has an enabled backup that has never succeeded.', candidate.name)
        else format('The last successful backup of organization "%s" is of %s.', candidate.name,
            to_char(latest.succeeded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('organization', candidate.name, 'last_success_at', latest.succeeded_at)
        as metadata
from candidate
left join lateral (
    select coalesce(run.finished_at, run.started_at) as succeeded_at
    from maint.backup_runs() as run
    where run.org_id = candidate.id and run.status = 'ok'
    order by run.started_at desc
    limit 1
) as latest on true
where coalesce(latest.succeeded_at, '-infinity') < now() - _after
