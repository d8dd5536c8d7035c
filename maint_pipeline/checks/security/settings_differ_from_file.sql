-- title: Settings that are not as the configuration files say
-- severity: medium, because who reads the file reads something else than what holds
-- needs: pg_catalog.pg_file_settings, pg_catalog.pg_show_all_file_settings(), role pg_read_all_settings
-- description: A line of the configuration files can't be applied, is overridden by the server's command line
--     or environment, or has not been loaded yet.
-- remediation: Correct the line or reload; take the setting out of the command line where the file should hold.
-- cannot see: numbers written with other units, and changes since by SET of a role or database.
-- scope: server

with latest as (
    select distinct on (lower(name)) lower(name) as name, setting, error, sourcefile, sourceline
    from pg_file_settings
    order by lower(name), seqno desc
)
select
    coalesce(latest.name, latest.sourcefile) as object,
    case
        when latest.error is not null then format('Line %s of %s: %s.', latest.sourceline,
            latest.sourcefile, latest.error)
        else format('%s is %L in %s and %L in the server (%s).', latest.name, latest.setting,
            latest.sourcefile, present.setting, present.source)
    end as detail,
    jsonb_build_object('file', latest.sourcefile, 'line', latest.sourceline, 'in_file', latest.setting,
        'in_server', present.setting, 'source', present.source) as metadata
from latest
left join pg_settings as present on lower(present.name) = latest.name
where (latest.error is not null and not coalesce(present.pending_restart, false))
    or (present.source in ('command line', 'environment variable')
        and present.setting is distinct from latest.setting)
    -- Units are written in many ways, so only words are compared.
    or (present.source in ('configuration file', 'default') and not present.pending_restart and (
        present.vartype in ('string', 'enum')
            -- The server writes some in its own way: 'iso, mdy' as 'ISO, MDY'.
            and replace(lower(present.setting), ' ', '')
                is distinct from replace(lower(latest.setting), ' ', '')
            and present.name not like '%preload_libraries'
        or present.vartype = 'bool' and present.setting::boolean <> latest.setting::boolean))
