-- A table with policies and every table that these read, and that the policies of those read: with columns.

with recursive involved as (
    select format('%%I.%%I', %(schema)s::text, %(table)s::text)::regclass::oid as oid
    union
    select refobjid
    from involved
    join pg_policy on pg_policy.polrelid = involved.oid
    join pg_depend on classid = 'pg_policy'::regclass and objid = pg_policy.oid and refclassid = 'pg_class'::regclass
)
select pg_class.oid, nspname as schema, relname as name, relrowsecurity as has_row_security,
    array(
        select conname::text from pg_constraint where conrelid = pg_class.oid and contype in ('f', 'c', 'u', 'p', 'x')
    ) as constraints,
    (
        select jsonb_agg(jsonb_build_object(
            'name', attname, 'type', format_type(atttypid, atttypmod), 'is_required', attnotnull or attidentity <> '',
            'is_generated', attgenerated <> '',
            'is_array', typcategory = 'A',
            'kind', case when typcategory = 'A' then (select typname from pg_type as element
                    where element.oid = pg_type.typelem)
                when typtype = 'd' then (select typname from pg_type as base where base.oid = pg_type.typbasetype)
                else typname end,
            'labels', (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = pg_type.oid))
            order by attnum)
        from pg_attribute
        join pg_type on pg_type.oid = atttypid
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped
    ) as columns
from involved
join pg_class on pg_class.oid = involved.oid
join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'p')
