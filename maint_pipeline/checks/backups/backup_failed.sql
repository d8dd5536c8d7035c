-- title: Backup failed
-- severity: high, because one more failure, and the newest copy is two days old
-- needs: organizations.id, backup_runs.id, backup_runs.org_id, backup_runs.status,
--     backup_runs.started_at
-- description: A backup of the last two days failed and none of the organization has succeeded since.
--     Up to five failures are reported one by one, more as one finding of the organization until they end.
-- remediation: Read the run's notes, fix the cause (credentials, bucket, space) and run the
--     backup again; the next success resolves this alert.
-- cannot see: backups that fail without writing a row, and those of other programs.
-- thresholds: within interval = 48 hours; beyond integer = 5

with failure as (
    select run.id, run.org_id, org.name, run.notes, run.started_at,
        coalesce(run.finished_at, run.started_at) as failed_at,
        count(*) over (partition by run.org_id) > _beyond
        or exists (
            select from maint.known_alerts() as alert
            where alert.fingerprint = 'backup_failed:' || run.org_id and alert.resolved is not true
        ) as is_grouped
    from maint.backup_runs() as run
    join maint.organizations() as org on org.id = run.org_id and org.deleted_at is null
    -- Written as its index is: backup_runs_unfinished_idx.
    where run.status = 'failed'
        and coalesce(run.finished_at, run.started_at) > now() - _within
        and not exists (
            select from maint.backup_runs() as later
            where later.org_id = run.org_id and later.status = 'ok'
                and later.started_at > run.started_at
        )
)
select
    id::text as object,
    format('The backup of organization "%s" failed at %s: %s', name,
        to_char(failed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        coalesce(nullif(left(notes, 500), ''), 'no notes')) as detail,
    jsonb_build_object('organization', name, 'org_id', org_id, 'started_at', started_at,
        'failed_at', failed_at) as metadata
from failure
where not is_grouped
union all
select
    org_id::text,
    format('%s backups of organization "%s" failed lately, the latest at %s.',
        count(*), name, to_char(max(failed_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')),
    jsonb_build_object('organization', name, 'org_id', org_id, 'failures', count(*),
        'first_failed_at', min(failed_at), 'started_at', max(started_at), 'failed_at', max(failed_at))
from failure
where is_grouped
group by org_id, name
