-- Grants, each by who granted it. An object without any has the usual ones, which are equal to the same spelled out.
-- Of PostgreSQL's own objects only what differs from how they were made: what was added, and what is "lost".
with made as (
    select classoid, objoid, initprivs from pg_catalog.pg_init_privs where objsubid = 0
), listed as (
    select case relkind when 'S' then 'sequence' else 'table' end as what, pg_class.oid::regclass::text as name,
        null::text as column_name, relowner as owner, pg_class.oid,
        coalesce(relacl, acldefault(case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner)) as acl,
        null::aclitem[] as usual
    from pg_catalog.pg_class
    join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and nspname not in ('pg_catalog', 'information_schema')
        and nspname !~ '^pg_(toast|temp)'
    union all
    select 'table', pg_class.oid::regclass::text, null, relowner, pg_class.oid,
        coalesce(relacl, acldefault('r', relowner)), coalesce(initprivs, acldefault('r', relowner))
    from pg_catalog.pg_class
    join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    left join made on classoid = 'pg_catalog.pg_class'::regclass and objoid = pg_class.oid
    where nspname in ('pg_catalog', 'information_schema') and relkind in ('r', 'v') and relacl is distinct from initprivs
    union all
    select 'table', attrelid::regclass::text, quote_ident(attname), relowner, pg_class.oid, attacl, null
    from pg_catalog.pg_attribute
    join pg_catalog.pg_class on pg_class.oid = attrelid
    join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where attacl is not null and not attisdropped and nspname !~ '^pg_(toast|temp)'
    union all
    select 'routine', pg_proc.oid::regprocedure::text, null, proowner, pg_proc.oid,
        coalesce(proacl, acldefault('f', proowner)),
        case when nspname in ('pg_catalog', 'information_schema') then coalesce(initprivs, acldefault('f', proowner)) end
    from pg_catalog.pg_proc
    join pg_catalog.pg_namespace on pg_namespace.oid = pronamespace
    left join made on classoid = 'pg_catalog.pg_proc'::regclass and objoid = pg_proc.oid
    where nspname !~ '^pg_(toast|temp)'
        and (nspname not in ('pg_catalog', 'information_schema') or proacl is distinct from initprivs)
    union all
    select 'schema', quote_ident(nspname), null, nspowner, pg_namespace.oid, coalesce(nspacl, acldefault('n', nspowner)),
        null
    from pg_catalog.pg_namespace
    where nspname !~ '^pg_(toast|temp)'
    union all
    select 'database', quote_ident(datname), null, datdba, pg_database.oid, coalesce(datacl, acldefault('d', datdba)),
        null
    from pg_catalog.pg_database
    where datname = current_database()
    union all
    select 'type', pg_type.oid::regtype::text, null, typowner, pg_type.oid, coalesce(typacl, acldefault('T', typowner)),
        case when nspname in ('pg_catalog', 'information_schema') then coalesce(initprivs, acldefault('T', typowner)) end
    from pg_catalog.pg_type
    join pg_catalog.pg_namespace on pg_namespace.oid = typnamespace
    left join made on classoid = 'pg_catalog.pg_type'::regclass and objoid = pg_type.oid
    where typrelid = 0 and typelem = 0 and nspname !~ '^pg_(toast|temp)'
        and (nspname not in ('pg_catalog', 'information_schema') or typacl is distinct from initprivs)
    union all
    select 'language', quote_ident(lanname), null, lanowner, pg_language.oid,
        coalesce(lanacl, acldefault('l', lanowner)), null
    from pg_catalog.pg_language
    where lanpltrusted
    union all
    select 'large object', pg_largeobject_metadata.oid::text, null, lomowner, pg_largeobject_metadata.oid,
        coalesce(lomacl, acldefault('L', lomowner)), null
    from pg_catalog.pg_largeobject_metadata
    union all
    select 'foreign data wrapper', quote_ident(fdwname), null, fdwowner, pg_foreign_data_wrapper.oid,
        coalesce(fdwacl, acldefault('F', fdwowner)), null
    from pg_catalog.pg_foreign_data_wrapper
    union all
    select 'foreign server', quote_ident(srvname), null, srvowner, pg_foreign_server.oid,
        coalesce(srvacl, acldefault('S', srvowner)), null
    from pg_catalog.pg_foreign_server
    union all
    select 'tablespace', quote_ident(spcname), null, spcowner, pg_tablespace.oid,
        coalesce(spcacl, acldefault('t', spcowner)), null
    from pg_catalog.pg_tablespace
    union all
    select 'parameter', quote_ident(parname), null, 10, pg_parameter_acl.oid, paracl, acldefault('p', 10)
    from pg_catalog.pg_parameter_acl
)
select
    format('%s%s on %s %s%s to %s by %I', case when entry.lost then 'no ' else '' end, entry.privilege_type, what, listed.name,
        coalesce(' (' || column_name || ')', ''), receiver.name, pg_get_userbyid(entry.grantor)) as id,
    listed.oid,
    jsonb_build_object(
        'what', what, 'name', listed.name, 'column', column_name, 'privilege', entry.privilege_type,
        'grantee', receiver.name, 'grantor', quote_ident(pg_get_userbyid(entry.grantor)),
        'by_owner', entry.grantor = owner, 'option', entry.is_grantable, 'lost', entry.lost) as state
from listed
cross join lateral (
    select given.*, false as lost
    from aclexplode(listed.acl) as given
    where listed.usual is null or not exists (
        select from aclexplode(listed.usual) as other where to_jsonb(other) = to_jsonb(given))
    union all
    select given.*, true
    from aclexplode(listed.usual) as given
    where not exists (select from aclexplode(listed.acl) as other where to_jsonb(other) = to_jsonb(given))
) as entry
cross join lateral (
    select case entry.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(entry.grantee)) end
) as receiver (name)
