-- The tasks as SQL functions: one life cycle around four bodies. The bodies use the same functions
-- as the Dagster jobs, so that both do the same work.

-- Runs a task within the caller's transaction and records it, as ledger.py does from outside.
--
-- _body: a statement that returns one jsonb, written in this file, never by a caller. A body that
-- returns a "reason" had nothing to work on: that is recorded as skipped, and a success, as for jobs. Whoever
-- finds the task already running gets the answer that this call did nothing (docs/decisions/0009).
-- The body works in an inner block, whose rollback leaves the ledger's row in place. Cancellation
-- and statement_timeout are caught too: nothing else would record them.
create or replace function maint.run_task(_task_name text, _body text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _task_id uuid;
    _reason text;
    _details jsonb;
    _problem text;
    _detail text;
    _may_settle constant boolean := maint.may_settle();
begin
    perform maint.assert_operator();
    if not maint.try_lock_in_transaction(maint.task_lock(_task_name)) then
        select id, reason into _task_id, _reason
        from maint.record_skipped_task_run(_task_name, 'sql');
        return jsonb_build_object('success', false, 'task_id', _task_id, 'skipped', true,
            'reason', _reason, 'error', 'skipped: ' || _reason);
    end if;

    perform maint.close_lost_task_runs(_task_name);
    _task_id := maint.begin_task_run(_task_name, 'sql');
    begin
        execute _body into strict _details;
        if _may_settle then
            perform maint.settle_constraints(maint.task_relation(_task_name));
        end if;
    exception when others or query_canceled or assert_failure then
        get stacked diagnostics _detail = pg_exception_detail;
        _problem := format('%s (SQLSTATE %s)', maint.problem(sqlstate, sqlerrm, _detail), sqlstate);
    end;

    if _problem is not null then
        perform maint.finish_task_run(_task_id, 'failed', '{}', _problem);
        return jsonb_build_object('success', false, 'task_id', _task_id, 'error', _problem);
    end if;
    if _details ? 'reason' then
        perform maint.finish_task_run(_task_id, 'skipped', _details);
        return jsonb_build_object('success', true, 'task_id', _task_id, 'skipped', true) || _details;
    end if;
    perform maint.finish_task_run(_task_id, 'completed', _details);
    return jsonb_build_object('success', true, 'task_id', _task_id) || _details;
end
$$;

-- The table of the application that a task writes to most.
create or replace function maint.task_relation(_task_name text) returns regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select to_regclass(format('%I.%I', table_schema, table_name))
            from maint.retention_policies where name = _task_name
        ),
        maint.alert_home())
$$;

-- What an SQL function of a task does: the run, and after it what triggers on the ledger have deferred.
create or replace function maint.call_task(_task_name text, _body text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _may_settle constant boolean := maint.may_settle();
    _answer jsonb;
begin
    _answer := maint.run_task(_task_name, _body);
    if _may_settle then
        perform maint.settle_constraints('public.maintenance_task_runs');
    end if;
    return _answer;
end
$$;

create or replace function maint.run_checks(_category text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _results jsonb;
begin
    perform maint.prepare_checks(_category);
    select coalesce(jsonb_agg(maint.run_check(check_name)), '[]') into _results
    from maint.enabled_checks(_category) as check_name;
    perform maint.conclude_checks(_category);
    return _results;
end
$$;

create or replace function maint.run_automated_security_checks() returns jsonb
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select maint.call_task(
        'run_automated_security_checks',
        'select maint.summarize_checks(maint.run_checks(''security''))'
    )
$$;

create or replace function maint.verify_backup_health() returns jsonb
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select maint.call_task(
        'verify_backup_health',
        'select maint.summarize_backup_checks(maint.run_checks(''backups''))'
    )
$$;

create or replace function maint.cleanup_old_audit_logs() returns jsonb
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select maint.call_task(
        'cleanup_old_audit_logs', 'select maint.purge(''cleanup_old_audit_logs'')')
$$;

create or replace function maint.cleanup_old_security_alerts() returns jsonb
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select maint.call_task(
        'cleanup_old_security_alerts', 'select maint.purge(''cleanup_old_security_alerts'')')
$$;
