-- harmless
alter table public.audit_logs add column tenant text;
alter table public.audit_logs alter column severity type varchar(20);

-- problem: audit_log; user_roles
alter table public.audit_logs rename column user_agent to agent;
alter table public.user_roles rename to roles;

-- repair
alter table public.audit_logs rename column agent to user_agent;
update maint.sources set table_name = 'roles' where part = 'user_roles';
