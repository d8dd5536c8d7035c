-- danger: a partition without row level security is granted by itself
-- by: authenticated
-- found: critical row_security_off: public.api_usage_2026
alter table public.api_usage_2026 disable row level security;
grant select on public.api_usage_2026 to authenticated;

-- danger: a child table does not inherit its parent's policies
-- by: authenticated
-- found: critical row_security_off: public.old_projects
create table public.old_projects () inherits (public.projects);
grant select on public.old_projects to authenticated;

-- danger: a second schema is served, and nobody enabled row level security there
-- by: anon
-- as superuser
-- found: critical row_security_off: api.leads
create schema api authorization postgres;
grant usage on schema api to anon;
create table api.leads (id integer primary key, email text);
alter table api.leads owner to postgres;
grant select, insert on api.leads to anon;
alter role authenticator set pgrst.db_schemas = 'public, api';

-- danger: the platform's own schemas are served
-- by: anon
-- as superuser
-- found: high api_settings_open: schemas
alter role authenticator set pgrst.db_schemas = 'public, auth, vault';

-- danger: requests without a token work as a role that bypasses row level security
-- by: anybody
-- as superuser
-- found: critical api_settings_open: role of strangers
alter role authenticator set pgrst.db_anon_role = 'service_role';

-- danger: a view with its reader's rights shows a private table that was granted
-- by: authenticated
-- found: critical row_security_off: private.jobs
alter table private.jobs disable row level security;
grant select on private.jobs to authenticated;
create view public.my_jobs with (security_invoker = on) as select * from private.jobs;
grant select on public.my_jobs to authenticated;

-- danger: a function with its caller's rights shows a private table that was granted
-- by: anon
-- found: critical row_security_off: private.jobs
alter table private.jobs disable row level security;
grant usage on schema private to anon;
grant select on private.jobs to anon;
create function public.list_jobs() returns setof private.jobs language sql stable set search_path = '' as
    'select * from private.jobs';
grant execute on function public.list_jobs() to anon;

-- danger: a role of the API owns a table, so its policies don't bind that role
-- by: authenticated
-- as superuser
-- found: critical api_role_owns: authenticated
alter table public.invoices owner to authenticated;

-- danger: a role of the API owns a schema and may make and drop anything there
-- by: authenticated
-- as superuser
-- found: critical api_role_owns: authenticated
create schema drafts authorization authenticated;

-- danger: grants may be passed on
-- by: authenticated
-- found: medium grant_option_for_visitors: authenticated
grant select on public.invoices to authenticated with grant option;

-- danger: what the service's role creates is open to strangers
-- by: anon
-- as superuser
-- found: low default_privileges_for_visitors: service_role in public
alter default privileges for role service_role in schema public grant all on tables to anon;

-- danger: what is created anywhere later is open to everybody
-- by: anon
-- found: medium default_privileges_for_visitors: postgres in every schema
alter default privileges for role postgres grant select on tables to public;

-- danger: a column that gives rights is granted one day
-- by: authenticated
-- found: critical self_service_rights: public.profiles.is_staff
grant update (is_staff) on public.profiles to authenticated;

-- danger: a policy elsewhere asks a column that users may write in their own row
-- by: authenticated
-- found: critical self_service_rights: public.profiles.tier
alter table public.profiles add column tier text not null default 'free';
grant update (tier) on public.profiles to authenticated;
create policy "paying users" on public.exports as restrictive to authenticated
    using (exists (select from public.profiles as p where p.id = (select auth.uid()) and p.tier = 'paid'));

-- danger: sequences can be set by strangers, so that inserts collide
-- by: anon
-- found: low sequence_open_to_visitors: public
grant usage, update on all sequences in schema public to anon;

-- danger: all tables can be emptied past every policy
-- by: authenticated
-- found: medium truncate_by_visitors: public
grant truncate on public.tasks to authenticated;

-- danger: signed-in users may make schemas and extensions
-- by: authenticated
-- as superuser
-- found: high schema_open_to_creators: database for authenticated
grant create on database app to authenticated;

-- danger: a table for the service alone is granted to everybody through PUBLIC
-- by: anon
-- found: critical row_security_off: public.outbox
create table public.outbox (id integer primary key, body text);
grant select, insert on public.outbox to public;

-- danger: a table with secrets in a column is readable by everybody on purpose of another column
-- by: anon
-- found: high sensitive_columns_exposed: public.plans
alter table public.plans add column provider_api_key text;
