-- title: Known errors of PostgreSQL are not corrected here
-- severity: medium, because minor versions correct security holes and losses of data, and nothing else
-- scope: server
-- needs: pg_catalog.pg_settings
-- description: The server's minor version is older than the newest one that this version of maint_pipeline knows.
-- remediation: Install the newest minor version and restart in a quiet hour: files stay as they are. Read the release notes
--     for what has to be rebuilt.
-- cannot see: versions that came out after this list; set the threshold to newer ones.
-- thresholds: newest text = 15.20, 16.14, 17.10, 18.4

select
    'PostgreSQL' as object,
    format('PostgreSQL is %s.%s; %s.%s is out.', here.major, here.minor, here.major, known.minor) as detail,
    jsonb_build_object('version', current_setting('server_version'), 'newest', format('%s.%s', here.major, known.minor))
        as metadata
from (
    select current_setting('server_version_num')::integer / 10000 as major,
        current_setting('server_version_num')::integer % 10000 as minor
) as here
join (
    select split_part(version, '.', 1)::integer as major, split_part(version, '.', 2)::integer as minor
    from unnest(maint.listed(_newest)) as version
) as known on known.major = here.major and known.minor > here.minor
