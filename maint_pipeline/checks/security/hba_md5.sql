-- title: Logins by MD5
-- severity: medium, because it allows passwords that are stored weakly, and PostgreSQL 18 says that it will go
-- needs: pg_catalog.pg_hba_file_rules, pg_catalog.pg_hba_file_rules()
-- description: A rule of pg_hba.conf has the method md5. It serves SCRAM passwords as SCRAM, but goes on to
--     accept roles whose password is stored as MD5.
-- remediation: Set the remaining MD5 passwords again (password_md5 names them), write scram-sha-256, and reload.
-- cannot see: which clients still need it.
-- scope: server

select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf accepts MD5 passwords.', line_number) as detail,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where auth_method = 'md5'
