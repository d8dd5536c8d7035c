-- title: View bypasses row level security
-- severity: high, because a view without security_invoker shows what its owner may see
-- needs: pg_catalog.pg_class
-- description: A view that anon or authenticated may read has no security_invoker and reads a table with
--     row level security. It does so as its owner, to whom the policies mostly don't apply.
-- remediation: Set security_invoker on the view, then look whether its readers still see what they should.

with recursive reading (view, name, relation) as (
    select exposed.relation, exposed.name, exposed.relation::oid
    from maint.exposed_relations('v') as exposed
    join pg_class on pg_class.oid = exposed.relation
    where not coalesce((
            select option_value::boolean
            from pg_options_to_table(reloptions) where option_name = 'security_invoker'
        ), false)
        and exists (
            select from maint.visitors() as visitor
            where has_any_column_privilege(visitor.role, exposed.relation, 'select')
        )
    union
    select reading.view, reading.name, used.refobjid
    from reading
    join pg_rewrite on ev_class = reading.relation
    join pg_depend as used on used.classid = 'pg_rewrite'::regclass and used.objid = pg_rewrite.oid
        and used.refclassid = 'pg_class'::regclass and used.refobjid <> reading.relation
)
select
    reading.name as object,
    format('View %s reads %s with the rights of its owner.', reading.name,
        string_agg(pg_class.oid::regclass::text, ', ' order by pg_class.oid::regclass::text))
        as detail,
    jsonb_build_object('tables', jsonb_agg(pg_class.oid::regclass order by pg_class.oid::regclass::text))
        as metadata,
    format('alter view %s set (security_invoker = on);', reading.name) as fix
from reading
join pg_class on pg_class.oid = reading.relation and relkind in ('r', 'p') and relrowsecurity
group by reading.name
