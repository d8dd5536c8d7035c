-- title: Much is written to temporary files
-- severity: low, because it is slow and wears the disk
-- needs: maint.health_samples
-- description: Queries of this database sort and join more than work_mem holds, and write it to files.
-- remediation: Find them by log_temp_files, or in pg_stat_statements by temp_blks_written. Give them an index, or that role
--     more work_mem.
-- cannot see: which queries.
-- thresholds: megabytes_an_hour integer = 10240

select
    'temporary files' as object,
    format('%s of temporary files, %s in all, were written within %s; work_mem is %s.', files.growth,
        pg_size_pretty(bytes.growth), maint.in_words(make_interval(mins => round(60 * bytes.hours)::integer)),
        current_setting('work_mem')) as detail,
    jsonb_build_object('bytes', bytes.growth, 'files', files.growth, 'hours', bytes.hours) as metadata,
    e'alter system set log_temp_files = ''100MB'';\nselect pg_reload_conf();' as fix
from maint.health_growth('temporary_bytes') as bytes
cross join maint.health_growth('temporary_files') as files
where bytes.growth > _megabytes_an_hour * 1048576::bigint * bytes.hours
