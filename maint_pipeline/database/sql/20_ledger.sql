-- The ledger: public.maintenance_task_runs and the lock that goes with each task.
--
-- Jobs (ledger.py) and SQL functions (60_tasks.sql) both live by these functions. Times come from
-- clock_timestamp(): now() would stand still within a transaction.

-- The lock of a task (15_locks.sql). Whoever holds it is the one that works.
create or replace function maint.task_lock(_task_name text) returns text
    language sql immutable strict
    set search_path = pg_catalog, pg_temp
as $$ select 'task ' || _task_name $$;

-- Who holds the lock of a task, and with which run; null when nobody does.
create or replace function maint.task_holder(_task_name text) returns jsonb
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select holder || coalesce((
        select jsonb_strip_nulls(jsonb_build_object(
            'task_id', run.id,
            'trigger', run.trigger,
            'dagster_run_id', run.dagster_run_id
        ))
        from public.maintenance_task_runs as run
        where run.task_name = _task_name and run.status = 'running'
        order by run.started_at desc
        limit 1
    ), '{}')
    from maint.lock_holder(maint.task_lock(_task_name)) as holder
$$;

drop function if exists maint.begin_task_run(text, text, text, jsonb);

-- Begins a run, or with _parent_id a part of that run. The name of a part is TASK:PART, so that it has a lock
-- and a latest run of its own; that it is a part, parent_id says alone.
create or replace function maint.begin_task_run(
    _task_name text, _trigger text, _dagster_run_id text default null, _details jsonb default '{}',
    _parent_id uuid default null
) returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _written uuid[];
begin
    perform maint.lock_trusted('public.maintenance_task_runs');
    -- Alerts that this session raises name the run.
    perform set_config('maint.dagster_run_id', coalesce(_dagster_run_id, ''), false);
    _written := maint.write_application(
        'public.maintenance_task_runs',
        $statement$
        insert into public.maintenance_task_runs
            (id, task_name, started_at, status, trigger, dagster_run_id, started_by, details,
             parent_id)
        values (
            gen_random_uuid(), $1 ->> 'task', clock_timestamp(), 'running', $1 ->> 'trigger',
            $1 ->> 'dagster_run_id', $1 -> 'caller', $1 -> 'details', ($1 ->> 'parent_id')::uuid
        )
        returning id
        $statement$,
        jsonb_build_object('task', _task_name, 'trigger', _trigger,
            'dagster_run_id', _dagster_run_id, 'caller', maint.caller(), 'details', _details,
            'parent_id', _parent_id));
    -- Parts of a task are launched with it.
    if _trigger in ('manual', 'cli', 'sql') and _parent_id is null then
        perform maint.note_change('launched', 'maintenance_task_runs', _task_name, null,
            jsonb_strip_nulls(jsonb_build_object(
                'task_id', _written[1], 'trigger', _trigger, 'dagster_run_id', _dagster_run_id)));
    end if;
    return _written[1];
end
$$;

-- Sets the outcome of a running row; false when somebody has closed it already.
create or replace function maint.finish_task_run(
    _id uuid, _status text, _details jsonb default '{}', _error_message text default null
) returns boolean
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_application(
        'public.maintenance_task_runs',
        $statement$
        update public.maintenance_task_runs
        set status = $1 ->> 'status',
            finished_at = clock_timestamp(),
            -- What a completed run was up to on its way no longer matters.
            details = case when $1 ->> 'status' = 'completed' then coalesce(details, '{}') - 'progress'
                else coalesce(details, '{}') end || ($1 -> 'details'),
            error_message = $1 ->> 'error'
        where id = any ($2) and status = 'running'
        returning id
        $statement$,
        jsonb_build_object('status', _status, 'details', coalesce(_details, '{}'),
            'error', _error_message),
        array[_id]) <> '{}'
$$;

create or replace function maint.report_progress(_id uuid, _details jsonb) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_application(
        'public.maintenance_task_runs',
        $statement$
        update public.maintenance_task_runs
        set details = coalesce(details, '{}') || $1
        where id = any ($2) and status = 'running'
        returning id
        $statement$,
        _details, array[_id])
$$;

drop function if exists maint.record_skipped_task_run(text, text, text);

create or replace function maint.record_skipped_task_run(
    _task_name text, _trigger text, _dagster_run_id text default null, _parent_id uuid default null
) returns table (id uuid, reason text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _holder jsonb := maint.task_holder(_task_name);
begin
    -- The holder may have finished since we tried its lock; that we did not work stays true.
    reason := 'already running ' || maint.holder_in_words(_holder);
    id := maint.begin_task_run(
        _task_name, _trigger, _dagster_run_id,
        jsonb_build_object('reason', reason, 'held_by', _holder), _parent_id
    );
    perform maint.finish_task_run(id, 'skipped');
    return next;
end
$$;

-- Closes what dead workers left behind. The caller must hold the task's lock: then no living
-- worker can own a row that still says running. SQL calls never show such a row, since theirs
-- commits together with its outcome.
create or replace function maint.close_lost_task_runs(
    _task_name text,
    _status text default 'failed',
    _message text default 'worker lost: its process or connection ended before the outcome was recorded'
) returns setof uuid
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.assert_trusted('public.maintenance_task_runs');
    select unnest(maint.write_application(
        'public.maintenance_task_runs',
        $statement$
        update public.maintenance_task_runs
        set status = $1 ->> 'status', finished_at = clock_timestamp(),
            error_message = $1 ->> 'message'
        where task_name = $1 ->> 'task' and status = 'running'
        returning id
        $statement$,
        jsonb_build_object('task', _task_name, 'status', _status, 'message', _message)))
$$;

-- The same from outside: for every task with a running row whose lock is free. The transaction's
-- lock keeps a new worker from starting between the look and the update.
create or replace function maint.close_all_lost_task_runs()
    returns table (id uuid, task_name text, dagster_run_id text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _task_name text;
begin
    for _task_name in
        select distinct run.task_name from public.maintenance_task_runs as run
        where run.status = 'running'
        order by run.task_name
    loop
        if maint.try_lock_in_transaction(maint.task_lock(_task_name)) then
            return query
                select run.id, run.task_name, run.dagster_run_id
                from maint.close_lost_task_runs(_task_name) as lost (id)
                join public.maintenance_task_runs as run on run.id = lost.id;
        end if;
    end loop;
end
$$;

-- Earlier versions knew the parts of cleanup_expired_rows by their names alone: gives each the run that it was a
-- part of, the latest that had begun by then. Where the table is not to be trusted, or refuses, they are listed as
-- tasks.
create or replace function maint.fill_parent_ids() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _statement constant text := $statement$
        update public.maintenance_task_runs as part
        set parent_id = (
            select run.id
            from public.maintenance_task_runs as run
            where run.task_name = $1 ->> 'task'
                and run.started_at <= part.started_at
                and coalesce(run.dagster_run_id = part.dagster_run_id, true)
            order by run.started_at desc
            limit 1)
        where starts_with(part.task_name, $1 ->> 'parts') and part.parent_id is null
        returning part.id
        $statement$;
begin
    if not exists (
        select from public.maintenance_task_runs
        where starts_with(task_name, 'cleanup_expired_rows:') and parent_id is null)
    then
        return;
    end if;
    perform maint.lock_trusted('public.maintenance_task_runs');
    perform maint.write_application('public.maintenance_task_runs', _statement,
        '{"task": "cleanup_expired_rows", "parts": "cleanup_expired_rows:"}');
exception
    when lock_not_available or deadlock_detected then
        raise;
    when others then
        raise warning 'parts of cleanup_expired_rows before this version are listed as tasks: %', sqlerrm;
end
$$;

create or replace function maint.get_maintenance_task_history(_days integer default 7)
    returns table (
        id uuid, task_name text, started_at timestamptz, finished_at timestamptz, status text,
        details jsonb, error_message text, duration_seconds double precision
    )
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_operator();
    if _days is null or _days not between 1 and 3650 then
        raise invalid_parameter_value using
            message = format('_days must be from 1 to 3650, not %s', coalesce(_days::text, 'null'));
    end if;
    return query
        select run.id, run.task_name, run.started_at, run.finished_at, run.status, run.details,
            run.error_message,
            extract(epoch from run.finished_at - run.started_at)::double precision
        from public.maintenance_task_runs as run
        where run.started_at >= now() - make_interval(days => _days)
        order by run.started_at desc, run.id;
end
$$;
