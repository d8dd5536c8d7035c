-- on a server of its own
-- problem: password_encryption
alter system set password_encryption = 'md5';
select pg_reload_conf();
-- repair: fix
-- clean up
alter system reset password_encryption;
select pg_reload_conf();
