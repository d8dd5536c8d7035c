-- title: New passwords are stored as MD5
-- severity: medium, because every password that is set from now on is stored weakly
-- needs: pg_catalog.pg_settings
-- description: password_encryption is md5. The default has been scram-sha-256 since PostgreSQL 14.
-- remediation: Set password_encryption to scram-sha-256, reload, and set the passwords again.
-- cannot see: hashes that clients made themselves.

select
    'password_encryption' as object,
    'password_encryption is md5.' as detail,
    jsonb_build_object('source', source) as metadata,
    'alter system set password_encryption = ''scram-sha-256''' || e';\nselect pg_reload_conf();' as fix
from pg_settings
where name = 'password_encryption' and setting = 'md5'
