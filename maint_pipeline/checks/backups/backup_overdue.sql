-- title: Backup overdue
-- severity: high
-- needs: public.orgs, public.backup_settings, public.backup_runs
-- description: An organization with an enabled backup has had no success within 26 hours, a day and
--     some slack, or never. Nothing fails when a backup silently stops, so only this sees it.
-- remediation: Look whether the backup is still scheduled for the organization, and run one by hand.
-- thresholds: after interval = 26 hours

select
    org.id as object,
    case
        when latest.succeeded_at is null then format(
            'Organization "%s" has an enabled backup that has never succeeded.', org.name)
        else format('The last successful backup of organization "%s" is of %s.', org.name,
            to_char(latest.succeeded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('organization', org.name, 'last_success_at', latest.succeeded_at) as metadata
from public.orgs as org
join public.backup_settings as settings on settings.org_id = org.id and settings.enabled
left join lateral (
    select max(coalesce(run.finished_at, run.started_at)) as succeeded_at
    from public.backup_runs as run
    where run.org_id = org.id and run.status = 'ok'
) as latest on true
where org.deleted_at is null
    -- A backup that was set up today has its first day.
    and settings.created_at < now() - (select maint.threshold('backup_overdue', 'after')::interval)
    and coalesce(latest.succeeded_at, '-infinity')
        < now() - (select maint.threshold('backup_overdue', 'after')::interval)
