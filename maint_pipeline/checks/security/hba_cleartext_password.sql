-- title: Passwords sent in clear
-- severity: high, because who listens to the network has the password
-- needs: pg_catalog.pg_hba_file_rules, pg_catalog.pg_hba_file_rules()
-- description: A rule of pg_hba.conf has the method password, which sends it as it is. Within TLS only the
--     server sees it; elsewhere everybody on the way does.
-- remediation: Write scram-sha-256 instead, and reload.
-- cannot see: whether the connection is encrypted otherwise, by a tunnel.
-- scope: server

select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf takes passwords in clear.', line_number) as detail,
    case type when 'hostssl' then 'medium' else 'high' end as severity,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where auth_method = 'password'
