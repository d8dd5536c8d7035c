-- danger: an owner's view is hidden behind one with the reader's rights
-- by: authenticated
-- found: high view_bypasses_row_security: public.everything
create view private.all_invoices as select * from public.invoices;
create view public.everything with (security_invoker = on) as select * from private.all_invoices;
grant select on private.all_invoices, public.everything to authenticated;

-- danger: a view is written through, and was never granted for reading
-- by: authenticated
-- found: high view_bypasses_row_security: public.renaming
create view public.renaming as select id, name, deleted_at from public.organizations;
grant update (name, deleted_at) on public.renaming to authenticated;

-- danger: a rule of a view writes with its owner's rights
-- by: authenticated
-- found: high rule_on_table: public.joining: admission
create view public.joining as select null::uuid as org_id, null::uuid as user_id;
create rule admission as on insert to public.joining do instead
    insert into public.memberships (org_id, user_id, role) values (new.org_id, new.user_id, 'owner');
grant insert on public.joining to authenticated;

-- danger: the server's own tables are shown
-- by: anon
-- as superuser
-- found: critical view_shows_server: public.logins
create view public.logins as select rolname, rolpassword from pg_catalog.pg_authid;
grant select on public.logins to anon;

-- danger: samples of every column are shown, whatever its policies
-- by: authenticated
-- as superuser
-- found: critical view_shows_server: public.samples
create view public.samples as select starelid::regclass as relation, stavalues1::text as sampled from pg_catalog.pg_statistic;
grant select on public.samples to authenticated;

-- danger: the vault's secrets are shown
-- by: authenticated
-- found: critical view_shows_private_table: public.settings
create view public.settings as select name, decrypted_secret from vault.decrypted_secrets;
grant select on public.settings to authenticated;

-- danger: a materialized view holds a copy
-- by: anon
-- found: medium materialized_view_exposed: public.totals
create materialized view public.totals as select org_id, count(*) from public.invoices group by org_id;
grant select on public.totals to anon;

-- danger: users are shown by a view over a view
-- by: authenticated
-- as superuser
-- found: critical auth_users_exposed: public.people
create view private.people as select id, email from auth.users;
create view public.people as select * from private.people;
grant select on public.people to authenticated;

-- danger: a foreign table shows another server
-- by: anon
-- as superuser
-- found: medium foreign_table_exposed: public.elsewhere
create foreign data wrapper anything;
create server away foreign data wrapper anything;
create foreign table public.elsewhere (id integer) server away;
grant select on public.elsewhere to anon;

-- danger: realtime sends a table of secrets
-- by: anon
-- as superuser
-- found: high publication_shows_table: supabase_realtime: vault.secrets
alter publication supabase_realtime add table vault.secrets;

-- danger: a publication takes whole schemas, what comes later too
-- by: whoever may replicate
-- as superuser
-- found: medium publication_shows_table: analytics: schema auth
create publication analytics for tables in schema public, auth;
