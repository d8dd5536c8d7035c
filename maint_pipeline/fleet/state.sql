-- The state of one database for `maint fleet`, as maint_owner.
select
    (select count(*) from maint.known_alerts() where resolved is not true)::integer as open_alerts,
    -- Whether it has to be asked more closely which tasks are failing.
    exists (select from public.maintenance_task_runs where status = 'failed') as maybe_failing,
    (select max(finished_at) from maint.restore_tests where is_proven) as last_proven_at,
    pg_catalog.pg_database_size(pg_catalog.current_database()) as bytes,
    -- Those of which it has to be asked more closely whether they are late.
    array(
        select task.name
        from unnest({tasks}::text[], {due}::timestamptz[]) as task (name, due)
        where task.due >= (select installed_at from maint.installation)
            and not exists (
                select from maint.counted_runs as run
                where run.task_name = task.name and run.status = 'completed'
                    and run.started_at >= task.due - interval '2 days'
                    and run.finished_at >= task.due)
    ) as maybe_late
