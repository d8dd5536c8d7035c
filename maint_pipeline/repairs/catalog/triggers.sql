-- Triggers and whether they fire. Those of foreign keys are known by their constraint and what they do, because their
-- names are made up.
select
    case when tgisinternal and tgconstraint <> 0 and tgname ~ '^RI_ConstraintTrigger_'
        then format('%s of %I on %s, %s', pg_proc.proname, conname, conrelid::regclass, tgrelid::regclass)
        else format('%I on %s', tgname, tgrelid::regclass) end as id,
    pg_trigger.oid,
    jsonb_build_object(
        'name', case when not tgisinternal then quote_ident(tgname) end, 'table', tgrelid::regclass::text,
        'enabled', tgenabled, 'internal', tgisinternal,
        'definition', case when not tgisinternal then pg_get_triggerdef(pg_trigger.oid) end,
        'of_parent', tgparentid <> 0)
    || case when tgisinternal then jsonb_build_object('made_up_name', tgname) else '{}' end as state
from pg_catalog.pg_trigger
join pg_catalog.pg_class on pg_class.oid = tgrelid
join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
join pg_catalog.pg_proc on pg_proc.oid = tgfoid
left join pg_catalog.pg_constraint on pg_constraint.oid = tgconstraint
where nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
