-- A multi-tenant application with row security, few indexes, and many more rows for some tenants than for others.
-- :SCALE: is the number of rows of its largest table.

-- Roles are the server's: another test may be making them just now.
do $$
begin
    create role authenticated nologin noinherit;
exception when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
    create role anon nologin noinherit;
exception when duplicate_object or unique_violation then null;
end
$$;

create schema auth;
create function auth.uid() returns uuid language sql stable as
    $$ select (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')::uuid $$;

create table public.organizations (
    id uuid primary key, name text not null, plan text not null, created_at timestamptz not null);
create table public.members (
    org_id uuid not null references public.organizations, user_id uuid not null, role text not null,
    joined_at timestamptz not null, primary key (org_id, user_id));
create table public.projects (
    id bigint generated always as identity primary key, org_id uuid not null references public.organizations,
    name text not null, is_archived boolean not null, created_at timestamptz not null);
create table public.tasks (
    id bigint generated always as identity primary key, project_id bigint not null references public.projects,
    org_id uuid not null, assignee_id uuid, status text not null, priority integer not null, title text not null,
    due_at timestamptz, created_at timestamptz not null, deleted_at timestamptz);
create table public.comments (
    id bigint generated always as identity primary key, task_id bigint not null references public.tasks,
    author_id uuid not null, body text not null, created_at timestamptz not null);
create table public.notifications (
    id bigint generated always as identity primary key, user_id uuid not null, kind varchar(20) not null,
    payload jsonb not null, read_at timestamptz, created_at timestamptz not null);

create function pg_temp.uuid_of(_kind text, _n bigint) returns uuid language sql immutable as
    $$ select md5(_kind || _n)::uuid $$;
-- Few tenants have most rows.
create function pg_temp.zipf(_u double precision, _n integer) returns integer language sql immutable as
    $$ select least(_n, greatest(1, floor(_n ^ _u)))::integer $$;
select setseed(0.42);

insert into public.organizations
    select pg_temp.uuid_of('org', n), 'Organization ' || n, (array['free', 'pro', 'team'])[1 + n % 3],
        now() - n * interval '1 hour'
    from generate_series(1, greatest(20, :SCALE: / 200)) as n;
insert into public.members
    select distinct on (1, 2) pg_temp.uuid_of('org', pg_temp.zipf(random(), greatest(20, :SCALE: / 200))),
        pg_temp.uuid_of('user', 1 + (random() * greatest(20, :SCALE: / 50))::integer),
        (array['owner', 'admin', 'member'])[1 + n % 3], now() - random() * interval '900 days'
    from generate_series(1, greatest(60, :SCALE: / 20)) as n;
insert into public.projects (org_id, name, is_archived, created_at)
    select pg_temp.uuid_of('org', pg_temp.zipf(random(), greatest(20, :SCALE: / 200))), 'Project ' || n,
        random() < 0.3, now() - random() * interval '900 days'
    from generate_series(1, greatest(40, :SCALE: / 40)) as n;
insert into public.tasks (project_id, org_id, assignee_id, status, priority, title, due_at, created_at, deleted_at)
    select projects.id, projects.org_id,
        case when random() < 0.8 then pg_temp.uuid_of('user', 1 + (random() * greatest(20, :SCALE: / 50))::integer) end,
        (array['open', 'open', 'done', 'done', 'done', 'done', 'blocked'])[1 + n % 7], 1 + n % 5,
        'task ' || n || repeat(' words', (n % 9)::integer), now() + (random() - 0.9) * interval '300 days',
        now() - n * (interval '900 days' / :SCALE:), case when random() < 0.1 then now() end
    from (select n, pg_temp.zipf(random(), greatest(40, :SCALE: / 40)) as project from generate_series(1, :SCALE: / 2) as n)
        as drawn
    join public.projects on projects.id = drawn.project;
insert into public.comments (task_id, author_id, body, created_at)
    select 1 + (random() * (:SCALE: / 2 - 1))::integer, pg_temp.uuid_of('user', 1 + (random() * greatest(20, :SCALE: / 50))::integer),
        repeat('said ', (n % 30)::integer), now() - n * (interval '900 days' / :SCALE:)
    from generate_series(1, :SCALE:) as n;
insert into public.notifications (user_id, kind, payload, read_at, created_at)
    select pg_temp.uuid_of('user', pg_temp.zipf(random(), greatest(20, :SCALE: / 50))), (array['mention', 'due', 'digest'])[1 + n % 3],
        jsonb_build_object('task', n), case when random() < 0.9 then now() end,
        now() - n * (interval '900 days' / :SCALE:)
    from generate_series(1, :SCALE: / 2) as n;

create index comments_created_at_idx on public.comments (created_at);
create index tasks_lower_idx on public.tasks (lower(title));

create view public.open_tasks with (security_invoker = true) as
    select * from public.tasks where status = 'open' and deleted_at is null;

alter table public.members enable row level security;
alter table public.projects enable row level security;
alter table public.tasks enable row level security;
alter table public.comments enable row level security;
alter table public.notifications enable row level security;
create policy own on public.members for select to authenticated using (user_id = auth.uid());
create policy of_org on public.projects for select to authenticated
    using (org_id in (select org_id from public.members where user_id = auth.uid()));
create policy of_org on public.tasks to authenticated
    using (org_id in (select org_id from public.members where user_id = auth.uid()));
create policy of_task on public.comments for select to authenticated
    using (exists (select from public.tasks where tasks.id = comments.task_id));
create policy own on public.notifications to authenticated using (user_id = auth.uid());
grant usage on schema public, auth to authenticated, anon;
grant select, insert, update, delete on all tables in schema public to authenticated;
