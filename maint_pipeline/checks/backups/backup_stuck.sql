-- title: Backup running for too long
-- severity: medium, because most likely a process died; the next backup may still run
-- needs: organizations.id, backup_runs.id, backup_runs.org_id, backup_runs.status, backup_runs.started_at
-- description: A backup has been running for more than 6 hours. Most likely its process died and
--     nobody noticed, since such a row never becomes a failure.
-- remediation: Look for the backup's process; mark the run as failed when there is none.
-- cannot see: a backup that works on and gets nowhere, before that time is over.
-- thresholds: after interval = 6 hours

select
    run.id as object,
    format('A backup of organization "%s" has been running since %s.', org.name,
        to_char(run.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('organization', org.name, 'org_id', org.id, 'started_at', run.started_at)
        as metadata
from maint.backup_runs() as run
join maint.organizations() as org on org.id = run.org_id and org.deleted_at is null
-- Written as its index is: backup_runs_unfinished_idx.
where run.status = 'running'
    and coalesce(run.finished_at, run.started_at) < now() - _after
