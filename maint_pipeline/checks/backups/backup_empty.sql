-- title: Backup succeeded with nothing in it
-- severity: high, because it counts as a success and restores nothing
-- needs: organizations.id, backup_runs.id, backup_runs.org_id, backup_runs.status, backup_runs.started_at,
--     backup_runs.rows_count, backup_runs.file_url
-- description: The organization's latest successful backup holds no rows or names no file. It looks
--     healthy in every list and restores nothing.
-- remediation: Run the backup again and compare its counts with the organization's data.
-- cannot see: a backup that has some rows and misses others.

select
    org.id as object,
    format('The latest backup of organization "%s" (%s) %s.', org.name,
        to_char(run.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        case when coalesce(run.rows_count, 0) = 0 then 'holds no rows' else 'names no file' end
    ) as detail,
    jsonb_build_object('organization', org.name, 'backup_run_id', run.id,
        'rows_count', run.rows_count, 'file_url', run.file_url) as metadata
from maint.backup_runs() as run
join maint.organizations() as org on org.id = run.org_id and org.deleted_at is null
-- Written as its index is: backup_runs_empty_idx.
where run.status = 'ok'
    and (coalesce(run.rows_count, 0) = 0 or coalesce(run.file_url, '') = '')
    and not exists (
        select from maint.backup_runs() as later
        where later.org_id = run.org_id and later.status = 'ok'
            and later.started_at > run.started_at
    )
