-- title: Table exposed without row level security
-- severity: critical, because whoever has the address of the API reaches every row
-- needs: pg_catalog.pg_class
-- description: A table that the API serves can be read or written by anon or authenticated and has row
--     level security off, so that every user of the API reaches every row. Also a table of another schema that
--     these roles may read, where a view or a function of the API shows it with the rights of its caller.
-- remediation: Enable row level security and write policies for who may see what, or revoke the grants.
-- cannot see: tables in other schemas that functions read by statements which they put together.

select
    exposed.name as object,
    format('Table %s has row level security off and is open to %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('alter table %s enable row level security;', exposed.name) as fix,
    jsonb_build_object('what', format('reach rows of %s that no policy shows', exposed.name), 'roles', jsonb_agg(visitor.name order by visitor.name), 'relations', jsonb_build_array(exposed.relation::oid)) as takes,
    maint.platform_role(exposed.owner) as managed_by
from maint.exposed_relations('rp') as exposed
join pg_class on pg_class.oid = exposed.relation and not relrowsecurity
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select, insert, update')
    or has_table_privilege(visitor.role, exposed.relation, 'delete')
group by exposed.name, exposed.relation, exposed.owner
union all
select
    reached.name,
    format('Table %s has row level security off, and %s to %s.', reached.name,
        min(reached.through) || ' shows it', string_agg(distinct reached.visitor_name, ', ')),
    jsonb_build_object('roles', jsonb_agg(distinct reached.visitor_name), 'path',
        format('%s → %s (rights of the caller) → table %s', min(reached.visitor_name), min(reached.through), reached.name)),
    format('alter table %s enable row level security;', reached.name),
    jsonb_build_object('what', format('reach rows of %s that no policy shows', reached.name), 'roles', jsonb_agg(distinct reached.visitor_name)),
    maint.platform_role(reached.owner)
from maint.reached_tables() as reached
group by reached.name, reached.owner
