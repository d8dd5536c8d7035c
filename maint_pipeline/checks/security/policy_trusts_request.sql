-- title: Policy believes what the request says
-- severity: critical, because whoever sends a request chooses whose rows they see
-- needs: pg_catalog.pg_policy
-- description: A policy compares whose row it is with a header of the request, itself or in a function that it calls,
--     or with a setting that a function of the API sets to what its caller passes. A header that is a key, a
--     token or a secret, and a column of that kind, are another matter: who knows it was given it.
-- remediation: Compare with auth.uid(), with a claim of the token, or with the user's rows in a table of memberships.
-- cannot see: headers that a proxy sets and strangers can't; settings that are set by statements put together.

with policy as materialized (
    select policy.*, concat_ws(' ', policy.using_text, policy.check_text) as text from maint.policies() as policy
    where policy.is_enforced
), headers as materialized (
    select bodies.routine, bodies.name
    from maint.functions_that('request\.headers?') as bodies
    join maint.function_bodies() as own on own.routine = bodies.routine
        -- auth.uid() and its like read claims too.
        and own.body !~* '(key|token|secret|signature|password|jwt\.claim)'
), believed as (
    select policy.relation, policy.name, policy.policy, policy.owner,
        format('the header "%s"', header.names[2]) as what
    from policy
    cross join lateral regexp_matches(policy.text,
        '(\w+) = [^=]*request\.headers?[^=]*?->> ''([^'']+)''', 'g') as header (names)
    where array_to_string(header.names, ' ') !~* '(key|token|secret|hash|signature|password|pin|code)'
    union all
    select policy.relation, policy.name, policy.policy, policy.owner, format('a header, in %s', headers.name)
    from policy
    join pg_policy on polrelid = policy.relation and polname = policy.policy
    join pg_depend on classid = 'pg_policy'::regclass and objid = pg_policy.oid
        and refclassid = 'pg_proc'::regclass
    join headers on headers.routine = refobjid
    union all
    select policy.relation, policy.name, policy.policy, policy.owner,
        format('the setting %s, which %s sets', setting.names[1], bodies.name)
    from policy
    cross join lateral regexp_matches(policy.text, 'current_setting\(''(\w+\.\w+)''', 'g') as setting (names)
    join maint.function_bodies() as bodies on not bodies.asks
        and bodies.body ~* format('\mset_config\s*\(\s*''%s''', setting.names[1])
        and bodies.schema in (select maint.exposed_schemas())
        and exists (
            select from maint.api_roles() as visitor
            where has_function_privilege(visitor.role, bodies.routine, 'execute'))
    where setting.names[1] !~ '^request\.'
)
select
    format('%s: %s', believed.name, believed.policy) as object,
    format('Policy "%s" of table %s believes %s.', believed.policy, believed.name,
        string_agg(distinct believed.what, ' and ')) as detail,
    jsonb_build_object('believes', jsonb_agg(distinct believed.what), 'path',
        format('whoever sends a request → %s → rows of %s', min(believed.what), believed.name)) as metadata,
    maint.platform_role(believed.owner) as managed_by
from believed
group by believed.name, believed.policy, believed.owner
