-- The trigger that tells the backup failure sensor of a failure as it commits. Without it the sensor
-- looks every five seconds. It only sends a notification; it reads and changes nothing.
-- Locks: SHARE ROW EXCLUSIVE on public.backup_runs for the instant of this transaction, which waits for
-- writers and holds them up as long as lock_timeout allows. Only where the trigger is missing.
-- Run as the role that migrates. An administrator who doesn't want it drops it and says so:
-- update maint.settings set value = 'off' where name = 'backup_trigger'.

do $$
begin
    if to_regclass('public.backup_runs') is null
        or exists (select from maint.settings where name = 'backup_trigger' and value = 'off')
        or exists (
            select from pg_trigger
            where tgrelid = to_regclass('public.backup_runs') and tgname = 'maint_tell_backup_failure')
        or not (select relkind in ('r', 'p') from pg_class where oid = to_regclass('public.backup_runs'))
        or maint.distrust(to_regclass('public.backup_runs')) is not null
        or not has_table_privilege(to_regclass('public.backup_runs'), 'trigger')
    then
        return;
    end if;
    -- It names no column, so that the application may change the types of all.
    create trigger maint_tell_backup_failure
        after insert or update on public.backup_runs
        for each row execute function maint.tell_backup_failure();
end
$$;
