-- The locks that transactions of others take exist beforehand: who adds a row and isn't done with its
-- transaction can't be named to those who find the lock held.
insert into maint.locks (name)
select maint.task_lock(task)
from unnest(array['cleanup_old_audit_logs', 'cleanup_old_security_alerts',
    'run_automated_security_checks', 'verify_backup_health']) as task
union all
select maint.alerts_lock(prefix || name)
from maint.checks
cross join unnest(array['', 'check_failing:']) as prefix
union all
values ('alert tables')
on conflict (name) do nothing;
