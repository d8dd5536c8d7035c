-- A carefully made application of many tenants: organizations with projects, tasks, invoices and files. Its tables.
-- Everything is closed first, and each grant is written out.
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated;
alter default privileges for role postgres revoke execute on functions from public;

create schema private;
grant usage on schema private to authenticated, service_role;

create type public.member_role as enum ('owner', 'admin', 'member', 'guest');
create table public.organizations (
    id uuid primary key default gen_random_uuid(), name text not null check (length(name) between 1 and 200),
    slug text not null unique, created_by uuid default auth.uid() references auth.users,
    deleted_at timestamptz, created_at timestamptz not null default now()
);
create index on public.organizations (created_by);
create table public.profiles (
    id uuid primary key references auth.users on delete cascade, full_name text, avatar_path text,
    is_staff boolean not null default false, updated_at timestamptz not null default now()
);
create table public.memberships (
    org_id uuid not null references public.organizations on delete cascade,
    user_id uuid not null references auth.users on delete cascade,
    role public.member_role not null default 'member', created_at timestamptz not null default now(),
    primary key (org_id, user_id)
);
create index on public.memberships (user_id);
create table public.invitations (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations on delete cascade, email text not null,
    role public.member_role not null default 'member', token_hash bytea not null unique,
    invited_by uuid references auth.users, expires_at timestamptz not null default now() + interval '7 days'
);
create index on public.invitations (org_id);
create index on public.invitations (invited_by);

do $$
declare
    _table record;
begin
    -- What belongs to an organization: name, and its columns.
    for _table in
        select * from (values
            ('teams', 'name text not null'),
            ('projects', 'name text not null, is_archived boolean not null default false, due_on date'),
            ('labels', 'name text not null, colour text'),
            ('customers', 'name text not null, email text, tax_number text'),
            ('products', 'name text not null, price numeric not null check (price >= 0)'),
            ('subscriptions', 'plan_code text not null, status text not null, renews_on date'),
            ('webhooks', 'url text not null, is_active boolean not null default true'),
            ('exports', 'kind text not null, path text, finished_at timestamptz'),
            ('saved_filters', 'name text not null, definition jsonb not null default ''{}''')
        ) as wanted (name, columns)
    loop
        execute format('create table public.%1$I (id uuid primary key default gen_random_uuid(), '
            'org_id uuid not null references public.organizations on delete cascade, %2$s, '
            'created_at timestamptz not null default now())', _table.name, _table.columns);
        execute format('create index on public.%I (org_id)', _table.name);
    end loop;
    -- What belongs to something of an organization, with its parent.
    for _table in
        select * from (values
            ('tasks', 'projects', 'title text not null, body text, status text not null default ''open'', assignee uuid references auth.users'),
            ('task_comments', 'tasks', 'author uuid not null default auth.uid() references auth.users, body text not null'),
            ('task_attachments', 'tasks', 'path text not null, bytes bigint'),
            ('time_entries', 'tasks', 'user_id uuid not null default auth.uid() references auth.users, minutes integer not null'),
            ('invoices', 'customers', 'number text not null, status text not null default ''draft'', issued_on date'),
            ('invoice_lines', 'invoices', 'text text not null, amount numeric not null'),
            ('payments', 'invoices', 'amount numeric not null, paid_on date not null')
        ) as wanted (name, parent, columns)
    loop
        execute format('create table public.%1$I (id uuid primary key default gen_random_uuid(), '
            'org_id uuid not null references public.organizations on delete cascade, '
            'parent_id uuid not null references public.%2$I on delete cascade, %3$s, '
            'created_at timestamptz not null default now())', _table.name, _table.parent, _table.columns);
        execute format('create index on public.%I (org_id)', _table.name);
        execute format('create index on public.%I (parent_id)', _table.name);
    end loop;
end
$$;
create index on public.tasks (assignee);
create index on public.task_comments (author);
create index on public.time_entries (user_id);
create table public.team_members (
    team_id uuid not null references public.teams on delete cascade,
    user_id uuid not null references auth.users on delete cascade, primary key (team_id, user_id)
);
create index on public.team_members (user_id);
create table public.task_labels (
    task_id uuid not null references public.tasks on delete cascade,
    label_id uuid not null references public.labels on delete cascade, primary key (task_id, label_id)
);
create index on public.task_labels (label_id);
create table public.notifications (
    id bigint generated always as identity primary key,
    user_id uuid not null references auth.users on delete cascade, body text not null, read_at timestamptz,
    created_at timestamptz not null default now()
);
create index on public.notifications (user_id);
create table public.audit_logs (
    id bigint generated always as identity primary key, time timestamptz not null default now(),
    org_id uuid references public.organizations on delete set null, user_id uuid, action text not null,
    entity text not null, entity_id text
);
create index on public.audit_logs (org_id, time);
create table public.api_usage (
    org_id uuid not null, at timestamptz not null, calls integer not null, primary key (org_id, at)
) partition by range (at);
create table public.api_usage_2026 partition of public.api_usage for values from ('2026-01-01') to ('2027-01-01');
create table public.api_usage_other partition of public.api_usage default;
-- What everybody may read.
create table public.plans (code text primary key, name text not null, monthly_price numeric not null);
create table public.blog_posts (
    id bigint generated always as identity primary key, slug text not null unique, title text not null,
    body text not null, author uuid references auth.users, published_at timestamptz
);
create index on public.blog_posts (author);
create table public.contact_requests (
    id bigint generated always as identity primary key, email text not null check (length(email) < 200),
    message text not null check (length(message) < 5000), status text not null default 'new',
    created_at timestamptz not null default now()
);
-- What the API does not serve.
create table private.api_keys (
    id uuid primary key default gen_random_uuid(),
    org_id uuid not null references public.organizations on delete cascade, key_hash bytea not null unique,
    last_used_at timestamptz
);
create index on private.api_keys (org_id);
create table private.webhook_secrets (
    webhook_id uuid primary key references public.webhooks on delete cascade, secret text not null
);
create table private.payment_events (id text primary key, payload jsonb not null, received_at timestamptz default now());
create table private.jobs (
    id bigint generated always as identity primary key, kind text not null, payload jsonb not null default '{}',
    run_at timestamptz not null default now()
);
create materialized view private.usage_by_day as
    select org_id, at::date as day, sum(calls) as calls from public.api_usage group by org_id, at::date;
create unique index on private.usage_by_day (org_id, day);
