-- Functions of the application that may test for administrators: a boolean answer and a name that says so. Reads
-- catalogs only. Locks: none but on catalogs.
select nspname as schema, proname as name,
    format('%I.%I(%s)', nspname, proname, arguments.types) as signature,
    arguments.list as arguments,
    pronargdefaults::integer as defaults,
    prosecdef as is_definer,
    provolatile = 'v' as is_volatile,
    case
        when not has_schema_privilege(pronamespace, 'usage')
            then format('%I lacks usage on schema %I', current_user, nspname)
        when not pg_has_role(proowner, 'usage')
            then format('it belongs to %I, whom %I can''t act as', pg_get_userbyid(proowner), current_user)
    end as closed_because
from pg_proc
join pg_namespace on pg_namespace.oid = pronamespace
cross join lateral (
    select coalesce(string_agg(format_type(type, null), ', ' order by position), '') as types,
        coalesce(jsonb_agg(jsonb_build_object(
            'name', coalesce(proargnames[position], ''), 'type', format_type(type, null)
        ) order by position), '[]') as list
    from unnest(proargtypes::oid[]) with ordinality as argument (type, position)
) as arguments
where prorettype = 'boolean'::regtype and prokind = 'f'
    and nspname !~ '^pg_'
    and nspname not in ('information_schema', 'maint', 'auth', 'storage', 'realtime', 'vault', 'extensions')
    and proname ~* '(admin|has_?role|check_?role|is_?staff|super_?user|is_?operator|is_?moderator)'
    and not exists (
        select from pg_depend
        where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
order by nspname, proname, arguments.types
