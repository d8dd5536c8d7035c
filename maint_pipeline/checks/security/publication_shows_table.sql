-- title: Publication gives away more than somebody meant
-- severity: medium, because changes leave the database as they happen
-- needs: pg_catalog.pg_publication
-- description: A publication is FOR ALL TABLES, or for all of the schemas auth and vault, so that every table made
--     later is published at once; or the
--     publication of the platform's realtime service has a table without row level security, whose changes
--     whoever may read the table is sent (high).
-- remediation: Publish the tables by name; enable row level security on those that realtime sends.
-- cannot see: who subscribes, and what they do with it.
-- thresholds: realtime text = supabase_realtime

select
    pubname::text as object,
    format('Publication %I publishes all tables, those of later too.', pubname) as detail,
    case when pubname = any (maint.listed(_realtime)) then 'high' else 'medium' end as severity,
    jsonb_build_object('publication', pubname, 'owner', pg_get_userbyid(pubowner)) as metadata,
    maint.platform_role(pubowner) as managed_by
from pg_publication
where puballtables
union all
select
    format('%I: %I.%I', pubname, nspname, relname),
    format('Publication %I sends changes of %I.%I, which has row level security off.', pubname, nspname,
        relname),
    case when nspname in ('auth', 'vault') or exists (
        select from maint.api_roles() as visitor
        where has_any_column_privilege(visitor.role, pg_class.oid, 'select')
    ) then 'high' else 'medium' end,
    jsonb_build_object('publication', pubname, 'path',
        format('anon → realtime → publication %I → changes of %I.%I', pubname, nspname, relname)),
    maint.platform_role(relowner)
from pg_publication
join lateral pg_get_publication_tables(pubname::text) as published on true
join pg_class on pg_class.oid = published.relid and not relrowsecurity
join pg_namespace on pg_namespace.oid = relnamespace
where not puballtables and pubname = any (maint.listed(_realtime))
union all
select
    format('%I: schema %I', pubname, nspname),
    format('Publication %I publishes all tables of schema %I, those of later too.', pubname, nspname),
    case when pubname = any (maint.listed(_realtime)) then 'high' else 'medium' end,
    jsonb_build_object('publication', pubname, 'schema', nspname, 'owner', pg_get_userbyid(pubowner)),
    maint.platform_role(pubowner)
from pg_publication_namespace
join pg_publication on pg_publication.oid = pnpubid
join pg_namespace on pg_namespace.oid = pnnspid
where nspname in ('auth', 'vault') or pubname = any (maint.listed(_realtime))
