-- title: Every role may log in from anywhere
-- severity: high, because one weak password of any role is enough, from anywhere in the world
-- needs: pg_catalog.pg_hba_file_rules, pg_catalog.pg_hba_file_rules()
-- description: A rule of pg_hba.conf lets all users into all databases from all addresses.
-- remediation: Name the database, the role and the network that need it, and reload.
-- cannot see: firewalls before the server.
-- scope: server

select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf opens all databases to all roles from anywhere.', line_number)
        as detail,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where type like 'host%'
    and auth_method <> 'reject'
    and 'all' = any (database) and 'all' = any (user_name)
    and (address = 'all' or netmask in ('0.0.0.0', '::'))
