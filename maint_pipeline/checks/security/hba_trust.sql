-- title: Logins without any password
-- severity: critical, because whoever reaches the port is who they say they are
-- needs: pg_catalog.pg_hba_file_rules, pg_catalog.pg_hba_file_rules()
-- description: A rule of pg_hba.conf has the method trust. Over the network (critical) that is everybody; for
--     local sockets (medium) every account of the server's machine is every role of the database.
-- remediation: Write scram-sha-256 for the network and peer for local sockets, and reload.
-- cannot see: who may reach the socket, and identities that a proxy proves.
-- scope: server

select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf lets %s in without a password.', line_number,
        array_to_string(user_name, ', ')) as detail,
    case
        when type = 'local' or address in ('127.0.0.1', '::1', 'localhost') then 'medium'
        else 'critical'
    end as severity,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where auth_method = 'trust'
