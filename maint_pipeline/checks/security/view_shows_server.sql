-- title: View shows the server's own tables
-- severity: critical, because password hashes, stored logins or samples of all columns are in them
-- needs: pg_catalog.pg_class
-- description: A view or materialized view that anon or authenticated may read shows a catalog that PostgreSQL keeps from
--     everybody: pg_authid or pg_shadow (password hashes), pg_user_mapping (logins of other servers),
--     pg_subscription (connections with passwords), pg_statistic (samples of every column, past every policy) or
--     pg_largeobject. It reads with its owner's rights, who may.
-- remediation: Drop the view, or revoke it from these roles.
-- cannot see: functions that return the same, and which columns of the catalog the view leaves out.

with kept as materialized (
    select '\m(' || string_agg(name, '|') || ')\M' as names
    from unnest(array['pg_authid', 'pg_shadow', 'pg_user_mapping', 'pg_subscription', 'pg_statistic',
        'pg_statistic_ext_data', 'pg_largeobject']) as name
), invoking as materialized (
    select exposed.relation, exposed.name
    from maint.exposed_relations('v') as exposed
    where maint.has_invoker_rights(exposed.relation)
), reading as (
    -- PostgreSQL keeps no dependencies on its own tables, so the definitions are read: of the view, and of those
    -- that it is made of.
    select exposed.relation as view, exposed.name, exposed.relation::oid as relation
    from maint.exposed_relations('vm') as exposed
    where not maint.has_invoker_rights(exposed.relation)
    union
    select read.view, read.name, read.relation
    from maint.read_by_owners('vm') as read
    join pg_class on pg_class.oid = read.relation and relkind in ('v', 'm')
        and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    union
    -- One with its reader's rights, made of one that its readers may read too.
    select invoking.relation, invoking.name, refobjid
    from invoking
    join pg_rewrite on ev_class = invoking.relation
    join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid
        and refclassid = 'pg_class'::regclass
    join pg_class on pg_class.oid = refobjid and relkind = 'v' and not maint.has_invoker_rights(refobjid)
    where exists (
        select from maint.api_roles() as visitor
        where has_schema_privilege(visitor.role, relnamespace, 'usage')
            and has_any_column_privilege(visitor.role, refobjid, 'select'))
)
select
    reading.name as object,
    format('View %s shows %s to %s.', reading.name, string_agg(distinct found.names[1], ', '),
        string_agg(distinct visitor.name, ' and ')) as detail,
    jsonb_build_object('catalogs', jsonb_agg(distinct found.names[1]), 'path',
        format('%s → view %s (owner %s) → %s', min(visitor.name), reading.name, pg_get_userbyid(relowner),
            min(found.names[1]))) as metadata,
    format('revoke all on %s from %s;', reading.name, string_agg(distinct quote_ident(visitor.name), ', ')) as fix,
    jsonb_build_object('what', 'read ' || reading.name, 'roles', jsonb_agg(distinct visitor.name), 'relations', jsonb_agg(distinct reading.view::oid)) as takes,
    maint.platform_role(relowner) as managed_by
from reading
join pg_class on pg_class.oid = reading.view
join maint.api_roles() as visitor on has_any_column_privilege(visitor.role, reading.view, 'select')
cross join kept
cross join lateral regexp_matches(pg_get_viewdef(reading.relation), kept.names, 'g') as found (names)
group by reading.name, relowner
