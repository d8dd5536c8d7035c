-- title: Rule that rewrites statements
-- severity: medium, because what is executed is not what was written, and no log of triggers shows it
-- needs: pg_catalog.pg_rewrite
-- description: A table has a rule for INSERT, UPDATE or DELETE, or a view has one whose command anon or authenticated
--     may give (high). It adds statements or replaces them, with the rights of the owner, past every policy.
-- remediation: Read it; use a trigger for what it does, and drop it.
-- cannot see: what the rule's statements do, and rules of temporary tables.

select
    format('%I.%I: %I', nspname, relname, rulename) as object,
    format('Rule %I rewrites %s on %s %I.%I.', rulename,
        case ev_type when '2' then 'UPDATE' when '3' then 'INSERT' when '4' then 'DELETE' end,
        case relkind when 'v' then 'view' else 'table' end, nspname, relname) as detail,
    jsonb_build_object('definition', left(pg_get_ruledef(pg_rewrite.oid), 2000)) as metadata,
    format('drop rule %I on %I.%I;', rulename, nspname, relname) as fix,
    jsonb_build_object('what', format('have %s rewritten by rule %I', relname, rulename), 'roles', '["public"]'::jsonb) as takes,
    case when visitors.may_write and relkind = 'v' then 'high' else 'medium' end as severity,
    maint.platform_role(relowner) as managed_by
from pg_rewrite
join pg_class on pg_class.oid = ev_class and relkind in ('r', 'p', 'f', 'v')
join pg_namespace on pg_namespace.oid = relnamespace
cross join lateral (
    select coalesce(bool_or(
        case ev_type when '4' then has_table_privilege(visitor.role, pg_class.oid, 'delete')
            else has_any_column_privilege(visitor.role, pg_class.oid,
                case ev_type when '2' then 'update' else 'insert' end) end), false) as may_write
    from maint.api_roles() as visitor
) as visitors
where ev_type in ('2', '3', '4') and relpersistence <> 't' and nspname not in ('pg_catalog', 'information_schema', 'maint')
    -- Rules made views writable once: only those that the API offers are reported.
    and (relkind <> 'v' or visitors.may_write)
    and not exists (
        select from pg_depend
        where classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid and deptype = 'e'
    )
