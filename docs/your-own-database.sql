-- A small application for the guide your-own-database.md: a booking service with names of its own. Numbers
-- as identities, teams in place of organizations, an activity log, nightly dumps of each team's data.
-- Load it into an empty database: maint psql -f docs/your-own-database.sql

create table users (
    id bigint generated always as identity constraint users_pkey primary key,
    email text not null
);

create table teams (
    id bigint generated always as identity constraint teams_pkey primary key,
    name text not null,
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);

create table team_members (
    team_id bigint not null constraint team_members_team_id_fkey references teams,
    user_id bigint not null constraint team_members_user_id_fkey references users,
    constraint team_members_pkey primary key (team_id, user_id)
);

create table activity_logs (
    id bigint generated always as identity constraint activity_logs_pkey primary key,
    created_at timestamptz not null default now(),
    actor_id bigint not null constraint activity_logs_actor_id_fkey references users,
    action text not null,
    resource_type text not null,
    resource_id text,
    ip_address inet,
    user_agent text
);

create index activity_logs_created_at_idx on activity_logs (created_at);

create table webhook_deliveries (
    id bigint generated always as identity constraint webhook_deliveries_pkey primary key,
    created_at timestamptz not null default now(),
    url text not null,
    status integer not null,
    response text
);

create index webhook_deliveries_created_at_idx on webhook_deliveries (created_at);

create table team_backups (
    id bigint generated always as identity constraint team_backups_pkey primary key,
    team_id bigint not null constraint team_backups_team_id_fkey references teams,
    status text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    row_count bigint,
    file_url text
);

insert into users (email)
select format('user%s@booking.example', number) from generate_series(1, 20) as number;

insert into teams (name)
select format('Team %s', number) from generate_series(1, 8) as number;

insert into team_members (team_id, user_id)
select 1 + number % 8, number from generate_series(1, 20) as number;

insert into activity_logs
    (created_at, actor_id, action, resource_type, resource_id, ip_address, user_agent)
select now() - number * interval '10 minutes', 1 + number % 20, 'update', 'booking', number::text,
    '192.0.2.10', 'Mozilla/5.0'
from generate_series(1, 30000) as number;

insert into webhook_deliveries (created_at, url, status, response)
select now() - number * interval '8 minutes', 'https://hooks.example/booking', 200, repeat('ok ', 20)
from generate_series(1, 20000) as number;

-- Backups of every team for a month; the latest of team 3 has failed.
insert into team_backups (team_id, status, started_at, finished_at, row_count, file_url)
select team, case when team = 3 and day = 0 then 'failed' else 'ok' end,
    now() - day * interval '1 day' - interval '2 hours', now() - day * interval '1 day' - interval '1 hour',
    1000 + team, format('s3://backups/team-%s/%s', team, day)
from generate_series(1, 8) as team
cross join generate_series(0, 29) as day;
