-- title: Materialized view exposed through the API
-- severity: medium, because it can't have policies and shows a copy of what others protect
-- needs: pg_catalog.pg_class
-- description: anon or authenticated may read a materialized view. Row level security does not exist for
--     materialized views: whoever may read one reads all of it.
-- remediation: Revoke the grants, and serve it through a view or function that says who may see what.
-- cannot see: whether its rows are secret at all.

select
    exposed.name as object,
    format('Materialized view %s can be read by %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix,
    jsonb_build_object('what', 'read ' || exposed.name, 'roles', jsonb_agg(visitor.name order by visitor.name), 'relations', jsonb_build_array(exposed.relation::oid)) as takes,
    maint.platform_role(exposed.owner) as managed_by
from maint.exposed_relations('m') as exposed
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select')
group by exposed.name, exposed.relation, exposed.owner
