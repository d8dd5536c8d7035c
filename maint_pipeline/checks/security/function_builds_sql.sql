-- title: Function puts what it is given into a statement
-- severity: high, because whoever calls it writes the statement, with its owner's rights
-- needs: pg_catalog.pg_proc
-- description: A PL/pgSQL function executes a statement that it puts together from text parameters, or from columns of
--     the row that fired it, without quote_ident, quote_literal or %I and %L; or executes a parameter as it is.
--     Critical where it runs with its owner's rights and anon can reach it, also by writing to the table whose
--     trigger it is; high where signed-in users can, or anon runs any statement with its own rights; otherwise
--     medium.
-- remediation: Pass values by USING, and names by format with %I; let the function accept only values that it knows.
-- cannot see: whether the value was checked before; text that comes from tables; other languages.

with body as materialized (
    select bodies.routine, bodies.name, bodies.owner, bodies.is_definer, bodies.schema, bodies.body, prorettype,
        (
            select string_agg(argument.name, '|')
            from unnest(proargnames, coalesce(proallargtypes, proargtypes::oid[]), proargmodes)
                as argument (name, type, mode)
            where coalesce(argument.mode, 'i') in ('i', 'b', 'v') and argument.name ~ '^\w+$'
                and argument.type in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'json'::regtype,
                    'jsonb'::regtype, 'text[]'::regtype, 'varchar[]'::regtype)
        ) as texts
    from maint.function_bodies() as bodies
    join pg_proc on pg_proc.oid = bodies.routine
    join pg_language on pg_language.oid = prolang and lanname = 'plpgsql'
    where bodies.body ~* '\mexecute\s+(?!function|procedure)'
), composing as materialized (
    select body.*, executed.any_statement
    from body
    cross join lateral (
        -- A row that fired it is as good as a parameter.
        select concat_ws('|', body.texts, case when body.prorettype = 'trigger'::regtype then '(?:new|old)\.\w+' end) as names
    ) as given
    cross join lateral (
        select body.body ~* format('\mexecute\s+\(?\s*(%s)\s*\)?\s*(;|\minto\M|\musing\M)', given.names) as any_statement,
            body.body ~* format('\|\|\s*\(?(%s)\M(?!\s*->)', given.names)
                or exists (
                    select from regexp_matches(body.body,
                        '\mformat\s*\(\s*''((?:[^'']|'''')*)''\s*,((?:[^()]|\([^()]*\))*)\)', 'gi') as formatted (parts)
                    where formatted.parts[1] ~ '%(\d+\$)?s'
                        and formatted.parts[2] ~* format('(^|,)\s*(%s)\s*(,|$)', given.names)) as puts_in
    ) as executed
    where given.names <> '' and (executed.any_statement or executed.puts_in)
), reached as (
    select composing.*, visitor.name as visitor_name
    from composing
    cross join maint.api_roles() as visitor
    where composing.schema in (select maint.exposed_schemas())
            and composing.prorettype <> 'trigger'::regtype
            and has_function_privilege(visitor.role, composing.routine, 'execute')
        or exists (
            select from pg_trigger
            where tgfoid = composing.routine and not tgisinternal and tgenabled <> 'D'
                and (has_any_column_privilege(visitor.role, tgrelid, 'insert, update')
                    or has_table_privilege(visitor.role, tgrelid, 'delete')))
)
select
    reached.name as object,
    format('Function %s executes %s, with the rights of %s; %s can reach it.', reached.name,
        case when reached.any_statement then 'whatever statement it is given'
            else 'a statement made of what it is given' end,
        case when reached.is_definer then pg_get_userbyid(reached.owner) else 'its caller' end,
        string_agg(reached.visitor_name, ' and ' order by reached.visitor_name)) as detail,
    case when reached.is_definer and bool_or(reached.visitor_name = 'anon') then 'critical'
        when reached.is_definer or reached.any_statement and bool_or(reached.visitor_name = 'anon') then 'high'
        else 'medium' end as severity,
    jsonb_build_object('owner', pg_get_userbyid(reached.owner), 'path',
        format('%s → function %s → any statement as %s', min(reached.visitor_name), reached.name,
            case when reached.is_definer then pg_get_userbyid(reached.owner) else min(reached.visitor_name) end)) as metadata,
    maint.platform_role(reached.owner) as managed_by
from reached
group by reached.name, reached.owner, reached.is_definer, reached.any_statement
