-- title: Policy lets everybody write
-- severity: high, because row level security is on and protects nothing against writing
-- needs: pg_catalog.pg_policy
-- description: A permissive policy for anon or authenticated allows to insert, update or delete without any
--     condition. Reading everything may be meant; writing everything hardly ever is.
-- remediation: Replace the condition by one that says whose rows they are, or drop the policy.

select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s allows %s to %s any row.', policy.policy, policy.name,
        string_agg(visitor.name, ', ' order by visitor.name),
        case policy.command when 'all' then 'write' else policy.command end) as detail,
    jsonb_build_object('command', policy.command, 'using', policy.using_text,
        'with_check', policy.check_text) as metadata,
    format('drop policy %I on %s;', policy.policy, policy.name) as fix
from maint.policies() as policy
join maint.api_roles() as visitor on maint.concerns(policy.roles, visitor.role)
where policy.is_permissive
    and policy.command <> 'select'
    and btrim(coalesce(policy.using_text, 'true'), '() ') in ('true', '1 = 1')
    and btrim(coalesce(policy.check_text, policy.using_text, 'true'), '() ') in ('true', '1 = 1')
group by policy.name, policy.policy, policy.command, policy.using_text, policy.check_text
