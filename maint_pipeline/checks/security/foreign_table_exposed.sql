-- title: Foreign table exposed through the API
-- severity: medium, because another server's data is served past this one's row level security
-- needs: pg_catalog.pg_class
-- description: anon or authenticated may use a foreign table. Foreign tables can't have policies here, and
--     their server sees one login for everybody.
-- remediation: Move the table to a schema that the API does not serve, or revoke the grants.
-- cannot see: what the login of the other server may do there.

select
    exposed.name as object,
    format('Foreign table %s is open to %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix,
    jsonb_build_object('what', 'use ' || exposed.name, 'roles', jsonb_agg(visitor.name order by visitor.name), 'relations', jsonb_build_array(exposed.relation::oid)) as takes,
    maint.platform_role(exposed.owner) as managed_by
from maint.exposed_relations('f') as exposed
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select, insert, update')
group by exposed.name, exposed.relation, exposed.owner
