-- title: Connections without TLS
-- severity: high, because queries, rows and passwords cross the network in clear
-- needs: pg_catalog.pg_settings
-- description: The server listens on the network and has ssl off.
-- remediation: Set ssl with a certificate and key, reload, and write hostssl in pg_hba.conf. Where a proxy in
--     the same network namespace ends TLS, let the server listen on localhost only.
-- cannot see: encryption by a tunnel or proxy.
-- scope: server

select
    'ssl' as object,
    format('ssl is off and the server listens on %s.', current_setting('listen_addresses')) as detail,
    jsonb_build_object('listen_addresses', current_setting('listen_addresses')) as metadata
where current_setting('ssl') = 'off'
    and exists (
        select from unnest(maint.listed(current_setting('listen_addresses'))) as address
        where address not in ('', 'localhost', '127.0.0.1', '::1')
    )
