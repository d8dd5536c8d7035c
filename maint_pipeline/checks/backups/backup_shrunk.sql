-- title: Backup much smaller than before
-- severity: high, because lost data is replaced by its loss in one backup after the other
-- needs: organizations.id, backup_runs.org_id, backup_runs.status, backup_runs.started_at,
--     backup_runs.rows_count or backup_runs.tables_count
-- description: The organization's latest successful backup has less than half of the rows or tables
--     that its earlier ones had, by their median. Data was lost, or the backup no longer sees it. With
--     fewer than three earlier backups there is nothing to compare with.
-- remediation: Compare the backup's counts with the organization's data before an older backup is
--     deleted. If the data really shrank, the alert is resolved automatically as the median follows.
-- cannot see: losses that new rows hide, and organizations with fewer than a few earlier backups.
-- thresholds: below numeric = 0.5; latest integer = 10

with history as (
    select org.id, org.name, recent.started_at, recent.rows_counts, recent.tables_counts
    -- In the order of backup_runs_successes_idx, so that each of its pages is read once.
    from (
        select id, name
        from maint.organizations()
        where deleted_at is null
        order by id
    ) as org
    cross join lateral (
        select max(run.started_at) as started_at, array_agg(run.rows_count) as rows_counts,
            array_agg(run.tables_count) as tables_counts
        from (
            select started_at, rows_count, tables_count
            from maint.backup_runs()
            where org_id = org.id and status = 'ok'
            order by started_at desc
            limit 1 + _latest
        ) as run
    ) as recent
    where cardinality(recent.rows_counts) > 3
        -- Where the median is so much more, one of them is at least: that is quicker to find.
        and (floor(recent.rows_counts[1] / _below)::bigint <= any (recent.rows_counts)
            or floor(recent.tables_counts[1] / _below)::bigint <= any (recent.tables_counts))
)
select
    history.id as object,
    format('The latest backup of organization "%s" (%s) has %s rows in %s tables, where %s rows in %s '
        'tables are usual.', history.name,
        to_char(history.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        history.rows_counts[1], history.tables_counts[1], usual.rows, usual.tables) as detail,
    jsonb_build_object('organization', history.name, 'started_at', history.started_at,
        'rows_count', history.rows_counts[1], 'usual_rows', usual.rows,
        'tables_count', history.tables_counts[1], 'usual_tables', usual.tables) as metadata
from history
cross join lateral (
    select percentile_cont(0.5) within group (order by earlier.rows_count) as rows,
        percentile_cont(0.5) within group (order by earlier.tables_count) as tables
    from unnest(history.rows_counts[2:], history.tables_counts[2:])
        as earlier (rows_count, tables_count)
) as usual
where history.rows_counts[1] < usual.rows * _below
    or history.tables_counts[1] < usual.tables * _below
