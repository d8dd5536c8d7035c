-- danger: a chain of memberships ends at a role that reads everything
-- by: anon
-- as superuser
-- found: critical api_role_membership: anon in pg_read_all_data
create role viewers nologin;
create role readers nologin;
grant viewers to anon;
grant readers to viewers;
grant pg_read_all_data to readers;

-- danger: the API's login may become the owner
-- by: whoever signs a token
-- as superuser
-- found: high api_login_too_powerful: authenticator
create role app_owner nologin superuser;
grant app_owner to authenticator;

-- danger: a role for one kind of token bypasses row level security
-- by: whoever has such a token
-- as superuser
-- found: high api_login_too_powerful: authenticator
create role support nologin bypassrls;
grant support to authenticator;

-- danger: a login reaches the service's role, and with it every row
-- by: clerk
-- as superuser
-- found: high role_bypasses_row_security: clerk
create role clerk login valid until '2027-01-01';
grant service_role to clerk with admin option;

-- danger: a login may create roles
-- by: deployer
-- as superuser
-- found: medium role_creates_roles: deployer
create role deployer login createrole valid until '2027-01-01';

-- danger: a login's password holds for ever
-- by: whoever left
-- as superuser
-- found: low password_never_expires: logins
create role former login password 'x';

-- danger: triggers and foreign keys are switched off for every session
-- by: authenticated
-- as superuser
-- found: high settings_disarm: session_replication_role for everybody
alter database app set session_replication_role = 'replica';

-- danger: a role of the API may set what only a superuser should
-- by: authenticated
-- as superuser
-- found: high settings_disarm: authenticated may set session_replication_role
grant set on parameter session_replication_role to authenticated;

-- danger: every role can read the secret that signs tokens
-- by: anon
-- as superuser
-- found: critical secret_in_catalog: setting app.settings.jwt_secret
alter database app set "app.settings.jwt_secret" = 'super-secret-jwt-token-with-at-least-32-characters';

-- danger: every role can read the key of a foreign server
-- by: anon
-- as superuser
-- found: high secret_in_catalog: server paying
create foreign data wrapper anything;
create server paying foreign data wrapper anything options (api_key 'sk_live_0123456789abcdef');

-- danger: every role can read the service's key in a function
-- by: anon
-- found: critical secret_in_catalog: function private.call_home()
create function private.call_home() returns bigint language sql set search_path = '' as $$
    select net.http_post('https://example.org', '{"authorization": "Bearer eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJlLW9mLXRoZS1rZXk"}')
$$;

-- danger: the service's key stands in a scheduled command
-- by: whoever reads the schedule
-- as superuser
-- found: high secret_in_catalog: scheduled command 77
grant usage on schema cron to maint_owner;
grant select on cron.job to maint_owner;
create policy maintenance on cron.job for select to maint_owner using (true);
insert into cron.job (jobid, schedule, command, username) values (77, '0 4 * * *',
    'select net.http_post(''https://example.org'', ''{"apikey": "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJlLW9mLXRoZS1rZXk"}'')', 'postgres');

-- danger: signed-in users work on another server with a stored password
-- by: authenticated
-- as superuser
-- found: high user_mapping_for_everybody: away for authenticated
create foreign data wrapper anything;
create server away foreign data wrapper anything;
grant usage on foreign server away to authenticated;
create user mapping for authenticated server away options (user 'root', password 'x');

-- danger: an extension's functions become part of the API
-- by: anon
-- as superuser
-- found: low extension_in_public: plpgsql
update pg_catalog.pg_extension set extnamespace = 'public'::regnamespace where extname = 'plpgsql';

-- danger: strangers send requests past every function of the application
-- by: anon
-- as superuser
-- found: medium reaches_other_servers: net for anon
grant usage on schema net to anon;

-- danger: large objects are everybody's
-- by: anon
-- found: high large_object_open: public
select lo_create(4711);
grant all on large object 4711 to public;

-- danger: a role reads the server's files
-- by: exporter
-- as superuser
-- found: critical member_of_server_roles: exporter in pg_read_server_files
create role exporter nologin;
grant pg_read_server_files to exporter;
