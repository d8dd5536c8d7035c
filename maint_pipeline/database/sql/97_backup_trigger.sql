-- The trigger that notifies the backup failure sensor of a failure as it commits. Without it the sensor
-- looks every five seconds. It only sends a notification; it reads and changes nothing.
-- Locks: SHARE ROW EXCLUSIVE on the table of backup runs for the instant of this transaction, which waits for
-- writers and holds them up as long as lock_timeout allows. Only where the trigger is
-- missing or of another column.
-- Run as the role that migrates. An administrator who doesn't want it drops it and says so:
-- update maint.settings set value = 'off' where name = 'backup_trigger'.

do $$
declare
    _runs oid;
    _column text;
    _old record;
begin
    -- maint_owner could have put a view into the place of its tables.
    if exists (select from pg_class where relkind <> 'r'
        and oid in ('maint.sources'::regclass, 'maint.bound_columns'::regclass)) then
        raise exception 'maint.sources is no table';
    end if;
    _runs := (
        select pg_class.oid
        from maint.sources
        join pg_namespace on nspname = table_schema
        join pg_class on relnamespace = pg_namespace.oid and relname = table_name
        where part = 'backup_runs' and relkind in ('r', 'p'));
    _column := coalesce((
        select column_name from maint.bound_columns where part = 'backup_runs' and name = 'status'), '');
    -- Another table played the part before.
    for _old in
        select tgrelid::regclass as relation
        from pg_trigger
        join pg_class on pg_class.oid = tgrelid
        where tgname = 'maint_tell_backup_failure' and tgrelid is distinct from _runs
            and pg_has_role(relowner, 'usage')
    loop
        execute format('drop trigger maint_tell_backup_failure on %s', _old.relation);
    end loop;
    select case tgnargs when 0 then 'status'
        else replace(encode(tgargs, 'escape'), '\000', '') end as told_by
    into _old from pg_trigger
    where tgrelid = _runs and tgname = 'maint_tell_backup_failure';
    if _runs is null
        or exists (select from maint.settings where name = 'backup_trigger' and value = 'off')
        or found and _old.told_by = _column
        or maint.trust_problem(_runs) is not null
        or not has_table_privilege(_runs, 'trigger')
    then
        return;
    end if;
    -- It depends on no column, so that the application may change all.
    execute format('create or replace trigger maint_tell_backup_failure '
        'after insert or update on %s for each row execute function maint.tell_backup_failure(%L)',
        _runs::regclass, _column);
end
$$;
