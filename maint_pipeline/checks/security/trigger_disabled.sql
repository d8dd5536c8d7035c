-- title: Trigger that is switched off
-- severity: medium, because what it guarantees is not guaranteed
-- needs: pg_catalog.pg_trigger
-- description: A trigger is disabled, or fires on replicas only. High where it is one of a foreign key: rows may
--     point to nothing then, and nobody is told.
-- remediation: Enable it, and look whether rows of the time since then have to be corrected.
-- cannot see: since when it is off, and triggers that do nothing because of their function.

select
    format('%s: %s', tgrelid::regclass, coalesce(conname, tgname)) as object,
    format('%s of table %s is switched off.',
        case when conname is null then format('Trigger %I', tgname) else format('The trigger of foreign key %I',
            conname) end, tgrelid::regclass) as detail,
    case when conname is null then 'medium' else 'high' end as severity,
    jsonb_build_object('table', tgrelid::regclass, 'enabled', min(tgenabled::text)) as metadata,
    format('alter table %s enable trigger %s;', tgrelid::regclass,
        case when conname is null then quote_ident(tgname) else 'all' end) as fix,
    maint.platform_role(relowner) as managed_by
from (
    select tgrelid, tgenabled, case when tgisinternal then conname end as conname,
        case when not tgisinternal then tgname end as tgname
    from pg_trigger
    left join pg_constraint on pg_constraint.oid = tgconstraint
    where tgenabled in ('D', 'R')
) as trigger
join pg_class on pg_class.oid = tgrelid
join pg_namespace on pg_namespace.oid = relnamespace
where nspname not in ('pg_catalog', 'information_schema', 'maint')
group by tgrelid, conname, tgname, relowner
