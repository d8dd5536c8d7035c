-- The application's tables that maintenance works on, with their owners, and whether whatever these own
-- is trusted: superusers, the owner of the database, the role that migrates, and who was named. Only reads.
-- Takes %(trusted)s, the roles in maint.trusted_owners and those that are to join them.

select pg_class.oid::regclass::text as relation, owner.rolname::text as owner,
    owner.rolsuper
        or owner.rolname = current_user
        or owner.rolname = any (%(trusted)s)
        or exists (
            select from pg_database where datname = current_database() and datdba = owner.oid)
        or pg_has_role(owner.oid, to_regrole('maint_owner'), 'member') is true as is_trusted
from unnest(array[
    'public.orgs', 'public.org_users', 'public.profiles', 'public.user_roles',
    'public.backup_settings', 'public.backup_runs', 'public.data_export_requests',
    'public.audit_logs', 'public.security_alerts', 'public.maintenance_task_runs'
]) as listed (name)
join pg_class on pg_class.oid = to_regclass(listed.name)
join pg_roles as owner on owner.oid = relowner
order by 2, 1
