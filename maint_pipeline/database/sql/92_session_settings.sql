-- What callers have set in their sessions changes nothing: each function that they or jobs enter brings its
-- own values (15_session_settings.sql). The functions that these call have theirs, and workers of a purge set
-- them once for their session, so that they cost nothing in loops (0.2 ms for each call, half of it for
-- timezone_abbreviations, which reads a file). Locks: none on tables.

do $$
declare
    _function regprocedure;
    _pins text;
begin
    -- Those that callers enter, those with which tables of ours accept rows, and those with which jobs begin.
    for _function in
        select pg_proc.oid::regprocedure
        from pg_proc
        where proowner = 'maint_owner'::regrole
            and pronamespace in ('maint'::regnamespace, 'public'::regnamespace)
            and (prosecdef
                or prorettype = 'trigger'::regtype and proname like 'validate%'
                or proname in (
                    'expected_expired', 'missing_partitions', 'partition_may_go', 'prepare_checks', 'preview_purge', 'purge',
                    'purge_targets', 'run_check', 'sync_check', 'time_partitions'))
    loop
        select string_agg(format('set %s to %L', pinned.name, pinned.value), ' ') into _pins
        from (
            select session_settings.name, session_settings.value
            from maint.session_settings()
            join pg_settings on lower(pg_settings.name) = session_settings.name
            union all
            -- Who relies on the default of the database means that one.
            select name, reset_val from pg_settings where name = 'default_text_search_config'
        ) as pinned;
        execute format('alter function %s %s', _function, _pins);
    end loop;
end
$$;
