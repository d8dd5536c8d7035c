-- The application's tables that a migration touches, a comment line each with its size. Takes %(audit_log)s and
-- %(backup_runs)s, their names; null for none.

select case
    when pg_class.oid is null then format('--   %%s: is created', wanted.relation)
    else format('--   %%s (about %%s rows, %%s): %%s', wanted.relation,
        greatest(pg_class.reltuples, 0)::bigint,
        pg_size_pretty(pg_total_relation_size(pg_class.oid)),
        wanted.what)
end as line
from (values
    ('public.maintenance_task_runs', 'gets columns, small indexes and row level security'),
    (%(audit_log)s, 'a grant to maint_owner, a policy where it can''t bypass them, and a very small '
        'index where none begins with the time'),
    (%(backup_runs)s, 'a grant to maint_owner, a policy where it can''t bypass them, two partial indexes '
        'and a trigger that sends a notification when a backup fails')
) as wanted (relation, what)
left join pg_class on pg_class.oid = to_regclass(wanted.relation)
where pg_class.oid is not null
    or wanted.relation in ('public.maintenance_task_runs', 'public.security_alerts')
