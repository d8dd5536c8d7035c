-- title: Privileged function can be called through the API
-- severity: medium, because whoever calls it works with its owner's rights
-- needs: pg_catalog.pg_proc
-- description: A SECURITY DEFINER function in a schema that the API serves may be executed by anon or authenticated,
--     and neither its body nor a function that it calls asks who calls. PostgreSQL grants EXECUTE to everybody
--     unless somebody revokes it, so this is mostly nobody's decision. How severe it is follows from what
--     a stranger gets: anon writes to a table, has a request sent to another server, or runs SQL that the function puts
--     together (high); either reads
--     users or secrets (high); anon reads what it may not read itself, or authenticated writes (medium);
--     otherwise low. One that policies call and that writes nothing is not reported: those whom they
--     concern need EXECUTE.
-- remediation: Revoke EXECUTE from those who need not call it. Where they must, let its body check who asks,
--     and ignore the finding with that reason.
-- cannot see: whether a body that asks does so rightly; what functions in other languages than SQL and PL/pgSQL do.

with definer as materialized (
    select routine, name, owner, body, array_agg(visitor_name order by visitor_name) as visitors
    from maint.callable_definers()
    where not asks
    group by routine, name, owner, body
), open_rows as materialized (
    select relation, visitor_name from maint.row_access() where command = 'select' and passers in ('rows', 'everybody')
), reported as (
    select definer.*, use.by_policies,
        'anon' = any (definer.visitors) as by_anon,
        bool_or(named.is_written) as writes,
        bool_or(nspname in ('auth', 'vault')) as reads_secrets,
        bool_or(named.relation is not null and not (
            has_any_column_privilege(visitor.role, named.relation, 'select')
            and (not relrowsecurity
                or (named.relation, visitor.name) in (select relation, visitor_name from open_rows)))) as reads_more,
        definer.body ~* '\mexecute\s+(?!function|procedure)' as composes,
        definer.body ~* '\m(http|http_\w+|dblink\w*|lo_import|lo_export)\s*\(' as leaves,
        (array_agg(format('%s → function %s (definer, owner %s) → %s %s', definer.visitors[1], definer.name,
            pg_get_userbyid(definer.owner), case when named.is_written then 'writes' else 'reads' end, named.name)
            order by nspname in ('auth', 'vault') desc, named.is_written desc, named.name)
            filter (where named.relation is not null))[1] as path
    from definer
    cross join maint.api_roles() as visitor
    left join lateral maint.relations_in(definer.body) as named on true
    left join pg_class on pg_class.oid = named.relation
    left join pg_namespace on pg_namespace.oid = relnamespace
    cross join lateral (
        select exists (
            select from pg_depend
            where refclassid = 'pg_proc'::regclass and refobjid = definer.routine
                and classid in ('pg_policy'::regclass, 'pg_rewrite'::regclass, 'pg_attrdef'::regclass,
                    'pg_constraint'::regclass)
        ) as by_policies
    ) as use
    where visitor.name = any (definer.visitors)
    group by definer.routine, definer.name, definer.owner, definer.body, definer.visitors, use.by_policies
)
select
    reported.name as object,
    format('Function %s runs as %s and can be called by %s%s.', reported.name, pg_get_userbyid(reported.owner),
        array_to_string(reported.visitors, ', '),
        case when reported.by_policies then '; policies, views or defaults call it' else '' end) as detail,
    case when reported.by_anon and (reported.writes or reported.composes or reported.leaves) or reported.reads_secrets then 'high'
        when reported.by_anon and reported.reads_more or reported.writes or reported.composes or reported.leaves then 'medium'
        else 'low' end as severity,
    jsonb_build_object('owner', pg_get_userbyid(reported.owner), 'roles', to_jsonb(reported.visitors),
        'path', coalesce(reported.path, format('%s → function %s (definer, owner %s)', reported.visitors[1], reported.name,
            pg_get_userbyid(reported.owner)))) as metadata,
    -- Whoever a policy concerns needs EXECUTE on what it calls, and what is called would break.
    case when not reported.by_policies
        then format('revoke execute on routine %s from public, %s;',
            reported.name, (select string_agg(quote_ident(visitor), ', ') from unnest(reported.visitors) as visitor)) end
        as fix,
    jsonb_build_object('what', format('call %s', reported.name), 'roles', to_jsonb(reported.visitors), 'routines', jsonb_build_array(reported.routine)) as takes,
    maint.platform_role(reported.owner) as managed_by
from reported
-- What policies ask has to be executable, and answers only about what it reads: there is nothing to do.
where not reported.by_policies or reported.writes or reported.composes or reported.leaves
