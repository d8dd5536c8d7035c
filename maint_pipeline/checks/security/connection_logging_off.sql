-- title: Logins are not logged
-- severity: low, because it is missed only after an incident
-- needs: pg_catalog.pg_settings
-- description: log_connections or log_disconnections is off. Who was connected from where, and when, can't be
--     found out afterwards.
-- remediation: Set it on and reload. With many short connections put a pooler in front, or ignore the finding.
-- cannot see: whether somebody keeps and reads the log.

select
    name as object,
    format('%s is off.', name) as detail,
    jsonb_build_object('source', source) as metadata,
    format('alter system set %s = on;%sselect pg_reload_conf();', name, e'\n') as fix
from pg_settings
where name in ('log_connections', 'log_disconnections') and setting in ('', 'off')
