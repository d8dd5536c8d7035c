-- on a server of its own
-- prepare
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
-- harmless
create role support nologin;
grant support to authenticator;
-- problem: authenticator
alter role support bypassrls;
-- repair
revoke support from authenticator;
-- clean up
drop role support;
drop role authenticator;
