-- The state of one database for `maint fleet`, as maint_owner.
select
    (select count(*) from maint.known_alerts() where resolved is not true)::integer as open_alerts,
    (select coalesce(array_agg(task_name order by task_name), '{}') from maint.latest_runs
        where is_failing and not is_part) as failed_tasks,
    (select max(finished_at) from maint.restore_tests where is_proven) as last_proven_at,
    pg_catalog.pg_database_size(pg_catalog.current_database()) as bytes
