-- What the owner role may do with the application's alerts, where these can be read, resolved and deleted
-- (27_alert_tables.sql), and the role that migrates may grant it. Nobody else gets or loses anything. Run as
-- that role. Locks: none.

do $$
declare
    _table constant regclass := to_regclass('public.security_alerts');
    _wanted record;
begin
    for _wanted in
        select privilege
        from unnest(array['select', 'insert', 'update', 'delete']
            || case when current_setting('server_version_num')::integer >= 170000
                then array['maintain'] else '{}' end) as privilege
        join pg_class on pg_class.oid = _table and relkind in ('r', 'p')
        where maint.trust_problem(_table) is null
            and has_table_privilege(_table, privilege || ' with grant option')
            and not has_table_privilege('maint_owner', _table, privilege)
    loop
        execute format('grant %s on %s to maint_owner', _wanted.privilege, _table);
    end loop;
end
$$;
