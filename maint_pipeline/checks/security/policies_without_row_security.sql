-- title: Policies that don't apply
-- severity: high, because somebody wrote rules and believes that they hold
-- needs: pg_catalog.pg_policy
-- description: A table that the API serves has policies, but row level security is off, so none of them is
--     ever asked.
-- remediation: Enable row level security on the table. Look at its policies first: they begin to work then.

select
    policy.name as object,
    format('Table %s has %s policies and row level security off.', policy.name, count(*)) as detail,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata,
    format('alter table %s enable row level security;', policy.name) as fix
from maint.policies() as policy
join pg_class on pg_class.oid = policy.relation and not relrowsecurity
group by policy.name
