-- title: Rule that rewrites statements on a table
-- severity: medium, because what is executed is not what was written, and no log of triggers shows it
-- needs: pg_catalog.pg_rewrite
-- description: A table has a rule for INSERT, UPDATE or DELETE. It adds statements or replaces them, with the rights
--     of the table's owner.
-- remediation: Read it; use a trigger for what it does, and drop it.
-- cannot see: rules of views, which is how views were made writable, and of temporary tables.

select
    format('%I.%I: %I', nspname, relname, rulename) as object,
    format('Rule %I rewrites %s on table %I.%I.', rulename,
        case ev_type when '2' then 'UPDATE' when '3' then 'INSERT' when '4' then 'DELETE' end, nspname, relname)
        as detail,
    jsonb_build_object('definition', left(pg_get_ruledef(pg_rewrite.oid), 2000)) as metadata,
    format('drop rule %I on %I.%I;', rulename, nspname, relname) as fix,
    maint.platform_role(relowner) as managed_by
from pg_rewrite
join pg_class on pg_class.oid = ev_class and relkind in ('r', 'p', 'f')
join pg_namespace on pg_namespace.oid = relnamespace
where ev_type in ('2', '3', '4') and relpersistence <> 't' and nspname not in ('pg_catalog', 'information_schema', 'maint')
    and not exists (
        select from pg_depend
        where classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid and deptype = 'e'
    )
