-- How functions of ours are called from outside: as maint.NAME by the command line and by jobs, and as
-- public.NAME by everybody else, where the application has nothing of that name that prevents it.
-- A function in public only calls the one in maint. 90_privileges.sql says who may call them, by the comment.

-- Publishes functions of schema maint. _names are all that are called from outside, _in_public those of them
-- that have a function in public. Locks: none on tables.
create or replace function maint.publish_functions(_names text[], _in_public text[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _comment constant text := 'maint_pipeline: called from outside';
    _function record;
begin
    for _function in
        select published.oid::regprocedure as signature
        from pg_proc as published
        left join pg_proc as inner_one
            on inner_one.pronamespace = 'maint'::regnamespace and inner_one.proname = published.proname
        where published.pronamespace = 'public'::regnamespace
            and published.proowner = 'maint_owner'::regrole and published.proname = any (_names)
            and (published.proname <> all (_in_public)
                or (pg_get_function_arguments(published.oid), pg_get_function_result(published.oid))
                    is distinct from
                    (pg_get_function_arguments(inner_one.oid), pg_get_function_result(inner_one.oid)))
    loop
        begin
            execute format('drop function %s', _function.signature);
        exception when dependent_objects_still_exist then
            raise warning '% stays although a function of the application has that name: %',
                _function.signature, sqlerrm;
        end;
    end loop;

    for _function in
        select proname, oid::regprocedure as signature, pg_get_function_arguments(oid) as arguments,
            pg_get_function_identity_arguments(oid) as identity, pg_get_function_result(oid) as result,
            case provolatile when 's' then 'stable' else 'volatile' end as volatility,
            proretset,
            -- The names of what it takes; a result's columns have names there, too.
            array(
                select format('%I', name)
                from unnest(proargnames[:pronargs]) with ordinality as named (name, n)
                order by n
            ) as names,
            coalesce(array_to_string(proconfig, ' '), '') like '%lock_timeout=%' as has_limit
        from pg_proc
        where pronamespace = 'maint'::regnamespace and proname = any (_names)
    loop
        -- What others call waits for no lock without a limit. What our own sessions wait is set where they
        -- connect (connection.py); a function with a limit of its own keeps that.
        if not _function.has_limit then
            execute format('alter function %s set lock_timeout = ''5s''', _function.signature);
        end if;
        execute format('comment on function %s is %L', _function.signature, _comment);
        continue when _function.proname <> all (_in_public);
        execute format(
            'create or replace function public.%I(%s) returns %s language sql %s security definer '
            'set search_path = pg_catalog, pg_temp as %L',
            _function.proname, _function.arguments, _function.result, _function.volatility,
            format(case when _function.proretset then ' select * from maint.%I(%s) '
                else ' select maint.%I(%s) ' end,
                _function.proname, array_to_string(_function.names, ', ')));
        execute format('comment on function public.%I(%s) is %L',
            _function.proname, _function.identity, _comment);
    end loop;
end
$$;
