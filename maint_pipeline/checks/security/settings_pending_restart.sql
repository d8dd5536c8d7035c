-- title: Settings that wait for a restart
-- severity: medium, because what somebody believes is set is not, and the next restart has a surprise
-- needs: pg_catalog.pg_settings, role pg_read_all_settings
-- description: A setting was changed in the configuration and takes effect only when the server restarts.
-- remediation: Restart the server in a quiet hour, or take the change back.
-- cannot see: settings that only a restart of the machine changes.
-- scope: server

select
    name as object,
    format('%s is %s until the server restarts.', name, setting) as detail,
    jsonb_build_object('setting', setting, 'unit', unit) as metadata,
    format('alter system reset %I;%sselect pg_reload_conf();', name, e'\n') as fix
from pg_settings
where pending_restart
