-- title: Foreign key to a column of auth that is not its key
-- severity: medium, because an upgrade of the platform may drop that constraint, and fails or takes yours along
-- needs: pg_catalog.pg_constraint
-- description: A foreign key points at a unique column of a table in schema auth other than its primary key, such as
--     a phone number. Only the primary keys there are promised.
-- remediation: Point it at the primary key.
-- cannot see: other schemas of the platform.

select
    format('%s: %I', conrelid::regclass, conname) as object,
    format('Foreign key %I of %s points at a unique column of %I.%I.', conname, conrelid::regclass,
        nspname, relname) as detail,
    jsonb_build_object('references', format('%I.%I', nspname, relname)) as metadata,
    format('alter table %s drop constraint %I;', conrelid::regclass, conname) as fix
from pg_constraint
join pg_class on pg_class.oid = confrelid
join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'auth'
join pg_index on pg_index.indexrelid = conindid and not indisprimary
where contype = 'f' and connamespace <> relnamespace
