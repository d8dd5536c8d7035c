-- title: Code of another role runs with more rights than its own
-- severity: high, because its owner may put anything in its place
-- needs: pg_catalog.pg_proc
-- description: A trigger, a policy or a command of pg_cron runs a function whose owner is neither the owner of the table
--     (or the role of the command), nor a role above it. Its owner can replace the body at any time; whoever
--     writes to the table, the service too, then runs it with their own rights.
-- remediation: Change the function's owner to the table's.
-- cannot see: functions that such a function calls; commands of pg_cron, unless maint_owner is shown cron.job.

with used as (
    select tgfoid as routine, relowner as user_role, format('trigger %I of %s', tgname, tgrelid::regclass) as place
    from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    where not tgisinternal
    union
    select refobjid, relowner, format('policy "%s" of %s', polname, polrelid::regclass)
    from pg_policy
    join pg_class on pg_class.oid = polrelid
    join pg_depend on classid = 'pg_policy'::regclass and objid = pg_policy.oid
        and refclassid = 'pg_proc'::regclass
    union
    select pg_proc.oid, pg_roles.oid, format('command %s of pg_cron', scheduled.id)
    from maint.scheduled_commands() as scheduled
    join pg_roles on pg_roles.rolname = scheduled.username
    cross join lateral regexp_matches(scheduled.command, '"?(\w+)"?\."?(\w+)"?\s*\(', 'g') as call (names)
    join pg_namespace on nspname = call.names[1]
    join pg_proc on pronamespace = pg_namespace.oid and proname = call.names[2]
)
select
    application.name as object,
    format('Function %s belongs to %s, and %s runs it.', application.name, pg_get_userbyid(application.owner),
        array_to_string((array_agg(used.place order by used.place))[:3], ', ')) as detail,
    jsonb_build_object('owner', pg_get_userbyid(application.owner),
        'places', to_jsonb((array_agg(used.place order by used.place))[:20]), 'path',
        format('%s → replaces %s → runs as whoever writes, or as %s', pg_get_userbyid(application.owner),
            application.name, pg_get_userbyid(min(used.user_role::text)::oid))) as metadata,
    maint.platform_role(application.owner) as managed_by
from used
join maint.application_functions() as application on application.routine = used.routine
join pg_roles as owner on owner.oid = application.owner and not owner.rolsuper
where not pg_has_role(application.owner, used.user_role, 'member')
    and not maint.is_trusted(application.owner)
    and application.owner not in (select role from maint.platform_roles() as role)
    -- What says who asks belongs to whoever keeps the users.
    and (application.owner in (select role from maint.api_roles())
        or application.schema not in (select oid from pg_namespace where nspname in ('auth', 'storage', 'realtime')))
group by application.name, application.owner
