-- title: A crash destroys data
-- severity: critical, because after the next power failure the database may not start, or be wrong silently
-- needs: pg_catalog.pg_settings
-- description: fsync or full_page_writes is off. It makes the server faster until the machine fails; then pages
--     are torn and transactions lost that were reported as committed.
-- remediation: Set it on, reload, and take a backup. If the machine has crashed meanwhile, verify the database.
-- cannot see: a disk or a virtual machine that lies about what it has written.
-- scope: server

select
    name as object,
    format('%s is off.', name) as detail,
    jsonb_build_object('source', source) as metadata,
    format('alter system set %s = on;%sselect pg_reload_conf();', name, e'\n') as fix
from pg_settings
where name in ('fsync', 'full_page_writes') and setting = 'off'
