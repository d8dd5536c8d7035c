-- What others call waits for no lock without a limit. What our own sessions wait is set where they connect
-- (connection.py); a function with a limit of its own keeps that.

do $$
declare
    _function regprocedure;
begin
    for _function in
        select oid::regprocedure
        from pg_proc
        where pronamespace = 'public'::regnamespace and proowner = 'maint_owner'::regrole
            and not coalesce(array_to_string(proconfig, ' '), '') like '%lock_timeout=%'
    loop
        execute format('alter function %s set lock_timeout = ''5s''', _function);
    end loop;
end
$$;
