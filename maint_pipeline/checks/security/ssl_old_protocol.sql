-- title: Old versions of TLS are accepted
-- severity: medium, because they can be broken only with effort, but nothing needs them any more
-- needs: pg_catalog.pg_settings, role pg_read_all_settings
-- description: ssl_min_protocol_version allows TLS before 1.2, which RFC 8996 has deprecated.
-- remediation: Set ssl_min_protocol_version to TLSv1.2 or TLSv1.3, and reload.
-- cannot see: ciphers, and what clients accept.
-- scope: server

select
    'ssl_min_protocol_version' as object,
    format('ssl_min_protocol_version is %L.', current_setting('ssl_min_protocol_version')) as detail,
    jsonb_build_object('ssl_min_protocol_version', current_setting('ssl_min_protocol_version'))
        as metadata,
    'alter system set ssl_min_protocol_version = ''TLSv1.2''' || e';\nselect pg_reload_conf();' as fix
where current_setting('ssl_min_protocol_version') in ('', 'TLSv1', 'TLSv1.1')
