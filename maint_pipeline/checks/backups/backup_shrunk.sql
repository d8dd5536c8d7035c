-- title: Backup much smaller than before
-- severity: high
-- needs: public.orgs, public.backup_runs
-- description: The organization's latest successful backup has less than half of the rows or tables
--     that its earlier ones had, by their median. Data was lost, or the backup no longer sees it. With
--     fewer than three earlier backups there is nothing to compare with.
-- remediation: Compare the backup's counts with the organization's data before an older backup is
--     deleted. If the data really shrank, the alert resolves itself as the median follows.
-- thresholds: below numeric = 0.5; latest integer = 10

with numbered as (
    select run.id, run.org_id, run.started_at, run.rows_count, run.tables_count,
        row_number() over (partition by run.org_id order by run.started_at desc, run.id) as age
    from public.backup_runs as run
    where run.status = 'ok'
), compared as (
    select org_id,
        percentile_cont(0.5) within group (order by rows_count) as usual_rows,
        percentile_cont(0.5) within group (order by tables_count) as usual_tables
    from numbered
    where age between 2 and 1 + (select maint.threshold('backup_shrunk', 'latest')::integer)
    group by org_id
    having count(*) >= 3
)
select
    org.id as object,
    format('The latest backup of organization "%s" (%s) has %s rows in %s tables, where %s rows in %s '
        'tables are usual.', org.name,
        to_char(numbered.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        numbered.rows_count, numbered.tables_count, compared.usual_rows, compared.usual_tables
    ) as detail,
    jsonb_build_object('organization', org.name, 'backup_run_id', numbered.id,
        'rows_count', numbered.rows_count, 'usual_rows', compared.usual_rows,
        'tables_count', numbered.tables_count, 'usual_tables', compared.usual_tables) as metadata
from public.orgs as org
join numbered on numbered.org_id = org.id and numbered.age = 1
join compared on compared.org_id = org.id
where org.deleted_at is null
    and (numbered.rows_count
            < compared.usual_rows * (select maint.threshold('backup_shrunk', 'below')::numeric)
        or numbered.tables_count
            < compared.usual_tables * (select maint.threshold('backup_shrunk', 'below')::numeric))
