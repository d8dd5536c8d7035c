-- title: Message queue exposed through the API
-- severity: high, because whoever reads messages takes other people's work, and whoever writes gives it
-- needs: pg_catalog.pg_class
-- description: A queue of pgmq can be used by anon or authenticated without row level security on its table, and
--     the API serves the schema pgmq_public.
-- remediation: Enable row level security on the queue's table, and write policies for who may use it.
-- cannot see: functions of yours that hand messages on.

select
    format('%I.%I', nspname, relname) as object,
    format('Queue %I is open to %s.', substr(relname, 3), string_agg(visitor.name, ', ' order by visitor.name))
        as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('alter table %I.%I enable row level security;', nspname, relname) as fix,
    jsonb_build_object('what', format('use queue %s past its policies', substr(relname, 3)), 'roles', jsonb_agg(visitor.name), 'relations', jsonb_build_array(pg_class.oid)) as takes,
    maint.platform_role(relowner) as managed_by
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'pgmq'
join maint.api_roles() as visitor on has_table_privilege(visitor.role, pg_class.oid, 'select')
where relkind in ('r', 'p') and relname like 'q\_%' and not relrowsecurity
    and exists (
        select from maint.exposed_schemas() as schema where schema = to_regnamespace('pgmq_public')
    )
group by nspname, relname, relowner, pg_class.oid
