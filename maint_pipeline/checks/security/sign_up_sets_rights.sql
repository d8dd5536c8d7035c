-- title: Users choose their rights when they sign up
-- severity: critical, because whoever registers writes raw_user_meta_data themselves, and becomes what it says
-- needs: pg_catalog.pg_trigger
-- description: A trigger of the table of users runs a function that takes a role or another right from
--     raw_user_meta_data. The sign-up request of the API carries that field, so anybody may put an
--     administrator's role there.
-- remediation: Write a fixed value, or take it from raw_app_meta_data or from an invitation, which users can't write.
-- cannot see: rights under other names, and values that the function refuses after it has read them.
-- thresholds: columns text = role,roles,user_role,app_role,is_admin,admin,is_superuser,is_super_admin,is_staff,is_moderator,permissions,permission,account_role,team_role,access_level,plan,tier,credits

select
    pg_proc.oid::regprocedure::text as object,
    format('Trigger %I of %s takes %s from what users write about themselves.', min(tgname), min(tgrelid::regclass::text),
        string_agg(distinct read.names[1], ', ')) as detail,
    jsonb_build_object('fields', jsonb_agg(distinct read.names[1]), 'path',
        format('anybody → signs up with %s → %s', min(read.names[1]), pg_proc.oid::regprocedure)) as metadata,
    maint.platform_role(proowner) as managed_by
from pg_trigger
join pg_class on pg_class.oid = tgrelid and relname = 'users'
join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'auth'
join pg_proc on pg_proc.oid = tgfoid
join maint.function_bodies() as bodies on bodies.routine = pg_proc.oid
cross join lateral regexp_matches(bodies.body, 'user_meta_?data\s*->>?\s*''(\w+)''', 'gi') as read (names)
where not tgisinternal and tgenabled <> 'D'
    and lower(read.names[1]) = any (maint.listed(_columns))
    and bodies.body ~* '\m(insert|update|:=)'
group by pg_proc.oid, proowner
