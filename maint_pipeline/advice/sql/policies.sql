-- Policies, with the bodies of the functions that they call.

select pg_policy.oid, nspname as schema, relname as table_name, polname as name, polcmd as command,
    polpermissive as is_permissive,
    array(select case role when 0 then 'public' else pg_get_userbyid(role) end from unnest(polroles) as role)::text[] as roles,
    pg_get_expr(polqual, polrelid) as using_text, pg_get_expr(polwithcheck, polrelid) as check_text,
    relrowsecurity as is_on,
    array(
        select jsonb_build_object('name', format('%I.%I', space.nspname, proname), 'volatility', provolatile,
            'definer', prosecdef, 'source', prosrc, 'arguments', pronargs)
        from pg_depend
        join pg_proc on pg_proc.oid = refobjid and refclassid = 'pg_proc'::regclass
        join pg_namespace as space on space.oid = pronamespace
        where classid = 'pg_policy'::regclass and objid = pg_policy.oid
    ) as functions
from pg_policy
join pg_class on pg_class.oid = polrelid
join pg_namespace on pg_namespace.oid = relnamespace
where nspname not in ('pg_catalog', 'information_schema', 'maint')
order by nspname, relname, polname
