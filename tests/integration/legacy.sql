-- What a team brings along, on top of the sample application: the first implementation of
-- maintenance with its faults, and the surroundings that a migration must not disturb.

create table public.maintenance_task_runs (
    id uuid primary key default gen_random_uuid(),
    task_name text not null,
    started_at timestamptz default now(),
    finished_at timestamptz,
    status text default 'running',
    details jsonb default '{}',
    error_message text
);
alter table public.maintenance_task_runs enable row level security;
create policy "Everyone can view maintenance" on public.maintenance_task_runs
    for select using (true);
create policy "System can insert maintenance" on public.maintenance_task_runs
    for insert with check (true);
insert into public.maintenance_task_runs (task_name, started_at, finished_at, status) values
    ('cleanup_old_audit_logs', now() - interval '3 days', now() - interval '3 days', 'completed'),
    ('cleanup_old_audit_logs', now() - interval '2 days', null, 'running'),
    ('some_other_task', now() - interval '1 day', now() - interval '1 day', 'odd status');

create function public.cleanup_old_audit_logs() returns void
    language plpgsql security definer set search_path = public
as $$ begin delete from audit_logs where time < now() - interval '90 days'; end $$;
create function public.cleanup_old_security_alerts() returns integer
    language sql security definer set search_path = public as $$ select 0 $$;
create function public.run_automated_security_checks() returns jsonb
    language plpgsql security definer set search_path = public
as $$
begin
    if not has_role(auth.uid(), 'admin') then
        raise exception 'admins only';
    end if;
    return '{}';
end
$$;
create function public.verify_backup_health() returns jsonb
    language sql security definer set search_path = public as $$ select '{}'::jsonb $$;
create function public.get_maintenance_task_history(_days integer default 7)
    returns table (task_name text, status text)
    language sql security definer set search_path = public
as $$ select task_name, status from maintenance_task_runs $$;
-- A string body is looked up when it runs: it keeps working with the function that comes instead.
create function public.nightly() returns void language plpgsql as $$
begin
    perform public.cleanup_old_audit_logs();
end
$$;

create function public.stamp_audit_log() returns trigger language plpgsql as $$
begin
    new.user_agent := coalesce(new.user_agent, 'unknown');
    return new;
end
$$;
create trigger stamp_audit_log before insert on public.audit_logs
    for each row execute function public.stamp_audit_log();

do $$
begin
    for i in 1..40 loop
        execute format('create table public.unknown_%s (id integer primary key, name text)', i);
        execute format('insert into public.unknown_%s values (1, ''kept'')', i);
    end loop;
end
$$;
