-- title: Column of a type that hinders upgrades
-- severity: low, because it is met only at the next major version, and then it stops it
-- needs: pg_catalog.pg_attribute
-- description: A column stores object identifiers of the catalogs (regproc, regoper, regconfig and the like).
--     pg_upgrade does not carry them over, and refuses.
-- remediation: Store the name as text instead.
-- cannot see: types of extensions, and types within composite ones.

select
    format('%I.%I.%I', nspname, relname, attname) as object,
    format('Column %I of table %I.%I is of type %s.', attname, nspname, relname,
        format_type(atttypid, null)) as detail,
    jsonb_build_object('type', format_type(atttypid, null)) as metadata,
    format('alter table %I.%I alter column %I type text;', nspname, relname, attname) as fix,
    maint.platform_role(relowner) as managed_by
from pg_attribute
join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p', 'm')
join pg_namespace on pg_namespace.oid = relnamespace
where attnum > 0 and not attisdropped
    and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    -- regclass, regrole and regtype are carried over.
    and atttypid in ('regcollation'::regtype, 'regconfig'::regtype, 'regdictionary'::regtype,
        'regnamespace'::regtype, 'regoper'::regtype, 'regoperator'::regtype, 'regproc'::regtype,
        'regprocedure'::regtype)
