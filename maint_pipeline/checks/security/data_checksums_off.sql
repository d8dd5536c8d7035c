-- title: Pages without checksums
-- severity: medium, because a failing disk changes data and nobody notices until it is in every backup
-- needs: pg_catalog.pg_settings
-- description: data_checksums is off. PostgreSQL can't distinguish a page that the disk returned wrong from one that
--     is right. PostgreSQL 18 makes new servers with checksums.
-- remediation: Stop the server cleanly, run pg_checksums --enable on its data folder, and start it.
-- cannot see: damage in memory, and whether anybody looks for failures.
-- scope: server

select
    'data_checksums' as object,
    'data_checksums is off.' as detail,
    '{"setting": "off"}'::jsonb as metadata
where current_setting('data_checksums') = 'off'
