-- The customer's role of a hosted platform: no superuser, and member of what it works with.
create role postgres login createrole createdb bypassrls replication;
grant anon, authenticated, service_role to postgres;
grant pg_monitor, pg_signal_backend, pg_read_all_data to postgres;
