-- title: WAL archiving that keeps nothing
-- severity: critical, because everything looks healthy and nothing can be recovered
-- needs: pg_catalog.pg_settings
-- description: Archiving is on, but its command throws the segments away and reports success. Every
--     view of the archiver looks healthy, and no point-in-time recovery is possible.
-- remediation: Set archive_command to one that stores segments (pgBackRest, Barman, WAL-G), or switch
--     archive_mode off.
-- cannot see: programs that say done and store nothing under another name than the known ones.
-- scope: server

select
    'archive_command' as object,
    format('archive_mode is %s and archive_command is %L, which keeps nothing.',
        current_setting('archive_mode'), setting) as detail,
    jsonb_build_object('archive_command', setting) as metadata
from pg_catalog.pg_settings
where name = 'archive_command'
    and current_setting('archive_mode') <> 'off'
    and btrim(setting) ~ '^((/usr)?/bin/)?(true|:|exit 0|echo)( |$)'
