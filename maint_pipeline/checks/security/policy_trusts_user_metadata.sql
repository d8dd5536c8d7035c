-- title: Policy trusts what users write about themselves
-- severity: critical, because any signed-in user can give themselves the right
-- needs: pg_catalog.pg_policy
-- description: A policy looks at user_metadata (raw_user_meta_data), which every user may edit through the
--     API, itself or in a function that it calls. Whoever knows the key that the policy reads has what it
--     grants.
-- remediation: Use app_metadata, which users can't write, or a table of roles.
-- cannot see: calls more than four functions deep, and tables filled from user_metadata (but
--     sign_up_sets_rights sees what a trigger writes at sign-up).

with calling as materialized (
    select polrelid, polname, trusting.name
    from pg_policy
    join pg_depend on classid = 'pg_policy'::regclass and objid = pg_policy.oid
        and refclassid = 'pg_proc'::regclass
    join maint.functions_that('user_metadata|raw_user_meta_data') as trusting on trusting.routine = refobjid
)
select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s depends on user_metadata%s.', policy.policy, policy.name,
        ' through ' || string_agg(calling.name, ', ' order by calling.name)) as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text,
        'functions', jsonb_agg(calling.name)) as metadata
from maint.policies() as policy
left join calling on calling.polrelid = policy.relation and calling.polname = policy.policy
where calling.name is not null
    or concat(policy.using_text, ' ', policy.check_text) ~ 'user_metadata|raw_user_meta_data'
group by policy.name, policy.policy, policy.using_text, policy.check_text
