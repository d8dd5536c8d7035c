-- title: Policy holds for anonymous sign-ins too
-- severity: low, because it matters only where the application lets people sign in anonymously
-- needs: pg_catalog.pg_policy
-- description: A policy for authenticated (or everybody) does not ask for the claim is_anonymous. Who signed in
--     anonymously has the role authenticated, and passes. One finding for each table.
-- remediation: Where anonymous sign-ins are on, add to the policy, or to a restrictive one,
--     (select (auth.jwt() ->> 'is_anonymous')::boolean) is not true. Otherwise switch the check off.

select
    policy.name as object,
    format('Policies of table %s hold for anonymous sign-ins: %s.', policy.name,
        string_agg(policy.policy, ', ' order by policy.policy)) as detail,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata
from maint.policies() as policy
join maint.api_roles() as visitor on visitor.name = 'authenticated'
    and maint.concerns(policy.roles, visitor.role)
where policy.is_permissive
    and concat(policy.using_text, policy.check_text) !~ 'is_anonymous'
    and not exists (
        select from maint.policies() as narrowing
        where narrowing.relation = policy.relation and not narrowing.is_permissive
            and narrowing.command in (policy.command, 'all')
            and concat(narrowing.using_text, narrowing.check_text) ~ 'is_anonymous'
    )
group by policy.name
