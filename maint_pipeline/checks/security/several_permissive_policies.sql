-- title: Several permissive policies for the same role and command
-- severity: low, because any one of them suffices and all are computed, which is rarely meant
-- needs: pg_catalog.pg_policy
-- description: For one role and one command a table has more than one permissive policy. They are joined
--     by OR: each widens what the others allow, and each is evaluated for every row.
-- remediation: Join them to one policy, or make those that should narrow AS RESTRICTIVE.

select
    format('%s: %s for %s', policy.name, command.name, visitor.name) as object,
    format('Table %s has %s permissive policies for %s by %s: %s.', policy.name, count(*),
        command.name, visitor.name, string_agg(policy.policy, ', ' order by policy.policy)) as detail,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata
from maint.policies() as policy
join maint.api_roles() as visitor on maint.concerns(policy.roles, visitor.role)
join (values ('select'), ('insert'), ('update'), ('delete')) as command (name)
    on policy.command in (command.name, 'all')
where policy.is_permissive
group by policy.name, command.name, visitor.name
having count(*) > 1
