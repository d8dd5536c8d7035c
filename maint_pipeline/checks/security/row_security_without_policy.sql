-- title: Row level security without any policy
-- severity: low, because it closes more than somebody meant, not less
-- needs: pg_catalog.pg_policy
-- description: A table is granted to anon or authenticated and has row level security on, but no policy at
--     all: nobody but its owner and roles that bypass row security sees a row. Either a policy was
--     forgotten, or the grants are.
-- remediation: Write the policies, or revoke the grants so that the table is plainly closed.
-- cannot see: whether functions or views are the way in that is meant.

select
    exposed.name as object,
    format('Table %s has row level security on and no policy, and is granted to %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix,
    jsonb_build_object('what', format('ask for rows of %s, of which none are shown', exposed.name), 'roles', jsonb_agg(visitor.name order by visitor.name), 'relations', jsonb_build_array(exposed.relation::oid)) as takes,
    maint.platform_role(exposed.owner) as managed_by
from maint.exposed_relations('rp') as exposed
join pg_class on pg_class.oid = exposed.relation and relrowsecurity
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select, insert, update')
where not exists (select from pg_policy where polrelid = exposed.relation)
group by exposed.name, exposed.relation, exposed.owner
