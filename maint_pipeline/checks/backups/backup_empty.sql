-- title: Backup succeeded with nothing in it
-- severity: high
-- needs: public.orgs, public.backup_runs
-- description: The organization's latest successful backup holds no rows or names no file. It looks
--     healthy in every list and restores nothing.
-- remediation: Run the backup again and compare its counts with the organization's data.

select
    org.id as object,
    format('The latest backup of organization "%s" (%s) %s.', org.name,
        to_char(latest.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        case when coalesce(latest.rows_count, 0) = 0 then 'holds no rows' else 'names no file' end
    ) as detail,
    jsonb_build_object('organization', org.name, 'backup_run_id', latest.id,
        'rows_count', latest.rows_count, 'file_url', latest.file_url) as metadata
from public.orgs as org
cross join lateral (
    select run.id, run.started_at, run.rows_count, run.file_url
    from public.backup_runs as run
    where run.org_id = org.id and run.status = 'ok'
    order by run.started_at desc
    limit 1
) as latest
where org.deleted_at is null
    and (coalesce(latest.rows_count, 0) = 0 or coalesce(latest.file_url, '') = '')
