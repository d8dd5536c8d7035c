-- title: Policies that don't apply
-- severity: high, because somebody wrote rules and believes that they hold
-- needs: pg_catalog.pg_policy
-- description: A table has policies, but row level security is off, so none of them is ever asked. Medium where no
--     role of the API may use the table. Where the table is open to them, row_security_off says so as well.
-- remediation: Enable row level security on the table. Look at its policies first: they begin to work then.
-- cannot see: whether the policies say what was meant.

select
    policy.name as object,
    format('Table %s has %s and row level security off.', policy.name,
        maint.pluralize(count(*), 'policy', 'policies')) as detail,
    case when exists (
        select from maint.api_roles() as visitor
        where has_any_column_privilege(visitor.role, policy.relation, 'select, insert, update')
    ) then 'high' else 'medium' end as severity,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata,
    format('alter table %s enable row level security;', policy.name) as fix,
    jsonb_build_object('what', format('reach rows of %s that no policy shows', policy.name), 'roles', (select jsonb_agg(visitor.name) from maint.api_roles() as visitor where has_any_column_privilege(visitor.role, policy.relation, 'select, insert, update')), 'relations', jsonb_build_array(policy.relation::oid)) as takes,
    maint.platform_role(policy.owner) as managed_by
from maint.policies() as policy
where not policy.is_enforced
group by policy.name, policy.relation, policy.owner
