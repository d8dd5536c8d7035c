-- title: Constraint that does not hold for all rows
-- severity: low, because new rows obey it and old ones may not
-- needs: pg_catalog.pg_constraint
-- description: A constraint is NOT VALID: it was added without looking at the rows that were there. The planner does
--     not rely on it, and nor should people.
-- remediation: Correct the rows, and validate it. Validating reads the table under a lock that lets others work.
-- cannot see: whether a row really breaks it.

select
    format('%s: %I', conrelid::regclass, conname) as object,
    format('Constraint %I of %s was never validated.', conname, conrelid::regclass) as detail,
    jsonb_build_object('table', conrelid::regclass, 'definition', pg_get_constraintdef(pg_constraint.oid))
        as metadata,
    format('alter table %s validate constraint %I;', conrelid::regclass, conname) as fix,
    maint.platform_role(relowner) as managed_by
from pg_constraint
join pg_class on pg_class.oid = conrelid
join pg_namespace on pg_namespace.oid = relnamespace
where not convalidated and contype in ('c', 'f', 'n')
    and nspname not in ('pg_catalog', 'information_schema', 'maint')
    -- PostgreSQL 18 has foreign keys and checks that are not enforced on purpose: they can't be validated.
    and coalesce((to_jsonb(pg_constraint) ->> 'conenforced')::boolean, true)
