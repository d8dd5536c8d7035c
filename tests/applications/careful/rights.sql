-- The same application's functions, policies, grants and views.
create function private.is_member(_org uuid) returns boolean language sql stable security definer
    set search_path = '' as $$
    select exists (
        select from public.memberships as m where m.org_id = _org and m.user_id = (select auth.uid()))
$$;
create function private.has_role(_org uuid, _least public.member_role) returns boolean language sql stable
    security definer set search_path = '' as $$
    select exists (
        select from public.memberships as m
        where m.org_id = _org and m.user_id = (select auth.uid()) and m.role <= _least)
$$;
create function private.my_organizations() returns setof uuid language sql stable security definer
    set search_path = '' as $$
    select m.org_id from public.memberships as m where m.user_id = (select auth.uid())
$$;
grant execute on function private.is_member(uuid), private.has_role(uuid, public.member_role),
    private.my_organizations() to authenticated;

do $$
declare
    _name text;
begin
    for _name in
        select c.oid::regclass::text from pg_catalog.pg_class as c
        where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p')
            and c.relowner = 'postgres'::regrole
    loop
        execute format('alter table %s enable row level security', _name);
    end loop;
    -- Members work with what belongs to their organizations.
    foreach _name in array '{projects,labels,customers,products,exports,saved_filters,tasks,task_attachments,invoices,invoice_lines}'::text[]
    loop
        execute format('grant select, insert, update, delete on public.%I to authenticated', _name);
        execute format('create policy "members read" on public.%I for select to authenticated '
            'using (org_id in (select private.my_organizations()))', _name);
        execute format('create policy "members add" on public.%I for insert to authenticated '
            'with check ((select private.has_role(org_id, ''member'')))', _name);
        execute format('create policy "members change" on public.%I for update to authenticated '
            'using ((select private.has_role(org_id, ''member''))) with check ((select private.has_role(org_id, ''member'')))', _name);
        execute format('create policy "administrators delete" on public.%I for delete to authenticated '
            'using ((select private.has_role(org_id, ''admin'')))', _name);
    end loop;
    -- Members read these; only administrators, or the service, write.
    foreach _name in array '{teams,subscriptions,webhooks,payments,audit_logs,api_usage}'::text[]
    loop
        execute format('grant select on public.%I to authenticated', _name);
        execute format('create policy "members read" on public.%I for select to authenticated '
            'using (org_id in (select private.my_organizations()))', _name);
    end loop;
    foreach _name in array '{teams,webhooks}'::text[]
    loop
        execute format('grant insert, update, delete on public.%I to authenticated', _name);
        execute format('create policy "administrators add" on public.%I for insert to authenticated '
            'with check ((select private.has_role(org_id, ''admin'')))', _name);
        execute format('create policy "administrators change" on public.%I for update to authenticated '
            'using ((select private.has_role(org_id, ''admin'')))', _name);
        execute format('create policy "administrators delete" on public.%I for delete to authenticated '
            'using ((select private.has_role(org_id, ''admin'')))', _name);
    end loop;
end
$$;

grant select on public.organizations, public.memberships to authenticated;
grant update (name) on public.organizations to authenticated;
create policy "members read" on public.organizations for select to authenticated
    using (id in (select private.my_organizations()) and deleted_at is null);
create policy "administrators rename" on public.organizations for update to authenticated
    using ((select private.has_role(id, 'admin'))) with check ((select private.has_role(id, 'admin')));
create policy "members see each other" on public.memberships for select to authenticated
    using (org_id in (select private.my_organizations()));
grant update (role), delete on public.memberships to authenticated;
create policy "owners change roles of others" on public.memberships for update to authenticated
    using ((select private.has_role(org_id, 'owner')) and user_id <> (select auth.uid()))
    with check ((select private.has_role(org_id, 'owner')) and user_id <> (select auth.uid()));
create policy "leaving and removing" on public.memberships for delete to authenticated
    using (user_id = (select auth.uid()) or (select private.has_role(org_id, 'admin')));
grant select (id, org_id, email, role, expires_at), delete on public.invitations to authenticated;
create policy "administrators read" on public.invitations for select to authenticated
    using ((select private.has_role(org_id, 'admin')));
create policy "administrators withdraw" on public.invitations for delete to authenticated
    using ((select private.has_role(org_id, 'admin')));
grant select on public.profiles to authenticated;
grant update (full_name, avatar_path) on public.profiles to authenticated;
create policy "own profile" on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy "colleagues" on public.profiles for select to authenticated using (exists (
    select from public.memberships as theirs
    where theirs.user_id = profiles.id and theirs.org_id in (select private.my_organizations())));
create policy "own profile is edited" on public.profiles for update to authenticated
    using (id = (select auth.uid())) with check (id = (select auth.uid()));

grant select, insert, delete on public.team_members, public.task_labels to authenticated;
create policy "members read" on public.team_members for select to authenticated using (exists (
    select from public.teams as t where t.id = team_id and t.org_id in (select private.my_organizations())));
create policy "administrators add" on public.team_members for insert to authenticated with check (exists (
    select from public.teams as t where t.id = team_id and private.has_role(t.org_id, 'admin')));
create policy "administrators remove" on public.team_members for delete to authenticated using (exists (
    select from public.teams as t where t.id = team_id and private.has_role(t.org_id, 'admin')));
create policy "members label" on public.task_labels to authenticated
    using (exists (select from public.tasks as t where t.id = task_id and private.is_member(t.org_id)))
    with check (exists (select from public.tasks as t where t.id = task_id and private.is_member(t.org_id)));
grant select, insert, update (body), delete on public.task_comments to authenticated;
create policy "members read" on public.task_comments for select to authenticated
    using (org_id in (select private.my_organizations()));
create policy "members comment" on public.task_comments for insert to authenticated
    with check (author = (select auth.uid()) and (select private.is_member(org_id)));
create policy "own comments" on public.task_comments for update to authenticated
    using (author = (select auth.uid())) with check (author = (select auth.uid()));
create policy "own comments go" on public.task_comments for delete to authenticated
    using (author = (select auth.uid()) or (select private.has_role(org_id, 'admin')));
grant select, insert, update, delete on public.time_entries to authenticated;
create policy "own hours" on public.time_entries to authenticated
    using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()) and (select private.is_member(org_id)));
grant select, update (read_at) on public.notifications to authenticated;
create policy "own notifications" on public.notifications for select to authenticated
    using (user_id = (select auth.uid()));
create policy "own notifications are read" on public.notifications for update to authenticated
    using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "billing asks for a second factor" on public.payments as restrictive for select to authenticated
    using ((select auth.jwt() ->> 'aal') = 'aal2');
grant select on public.plans, public.blog_posts to anon, authenticated;
create policy "everybody reads plans" on public.plans for select to anon, authenticated using (true);
create policy "everybody reads what is published" on public.blog_posts for select to anon, authenticated
    using (published_at <= now());
grant insert (email, message) on public.contact_requests to anon, authenticated;
create policy "visitors write to us" on public.contact_requests for insert to anon, authenticated
    with check (status = 'new');
grant all on all tables in schema private to service_role;

-- Functions of the API: each asks who calls.
create function public.create_organization(_name text, _slug text) returns uuid language plpgsql security definer
    set search_path = '' as $$
declare
    _id uuid;
begin
    if (select auth.uid()) is null then
        raise insufficient_privilege using message = 'sign in first';
    end if;
    insert into public.organizations (name, slug) values (_name, _slug) returning id into _id;
    insert into public.memberships (org_id, user_id, role) values (_id, (select auth.uid()), 'owner');
    return _id;
end
$$;
create function public.invite(_org uuid, _email text, _role public.member_role, _hash bytea) returns uuid
    language plpgsql security definer set search_path = '' as $$
declare
    _id uuid;
begin
    if not private.has_role(_org, 'admin') or _role < 'admin' then
        raise insufficient_privilege using message = 'only administrators invite';
    end if;
    insert into public.invitations (org_id, email, role, token_hash, invited_by)
    values (_org, _email, _role, _hash, (select auth.uid())) returning id into _id;
    return _id;
end
$$;
create function public.accept_invitation(_token text) returns uuid language plpgsql security definer
    set search_path = '' as $$
declare
    _invitation public.invitations;
begin
    delete from public.invitations as i
    where i.token_hash = pg_catalog.sha256(_token::bytea) and i.expires_at > now() and i.email = auth.email()
    returning * into _invitation;
    if not found then
        raise insufficient_privilege using message = 'this invitation is not for you';
    end if;
    insert into public.memberships (org_id, user_id, role)
    values (_invitation.org_id, (select auth.uid()), _invitation.role);
    return _invitation.org_id;
end
$$;
create function public.usage_of(_org uuid) returns table (day date, calls bigint) language sql stable
    security definer set search_path = '' as $$
    select u.day, u.calls from private.usage_by_day as u where u.org_id = _org and private.is_member(_org)
$$;
create function public.search_tasks(_text text) returns setof public.tasks language sql stable
    set search_path = '' as $$
    select t.* from public.tasks as t where t.title ilike '%' || _text || '%' limit 50
$$;
grant execute on function public.create_organization(text, text), public.usage_of(uuid),
    public.invite(uuid, text, public.member_role, bytea), public.accept_invitation(text),
    public.search_tasks(text) to authenticated;
create function public.record_payment_event(_id text, _payload jsonb) returns void language sql security definer
    set search_path = '' as $$
    insert into private.payment_events (id, payload) values (_id, _payload) on conflict do nothing
$$;
grant execute on function public.record_payment_event(text, jsonb) to service_role;

-- Triggers.
create function private.on_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
    insert into public.profiles (id, full_name) values (new.id, new.raw_user_meta_data ->> 'full_name');
    return new;
end
$$;
create trigger on_new_user after insert on auth.users for each row execute function private.on_new_user();
create function private.touch() returns trigger language plpgsql set search_path = '' as $$
begin
    new.updated_at := now();
    return new;
end
$$;
create trigger touch before update on public.profiles for each row execute function private.touch();
create function private.log_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
    insert into public.audit_logs (org_id, user_id, action, entity, entity_id)
    values (coalesce(new.org_id, old.org_id), auth.uid(), lower(tg_op), tg_table_name, coalesce(new.id, old.id)::text);
    return null;
end
$$;
create trigger log_change after insert or update or delete on public.invoices
    for each row execute function private.log_change();
create trigger log_change after insert or update or delete on public.projects
    for each row execute function private.log_change();

-- Views show what their reader may read.
create view public.project_progress with (security_invoker = on) as
    select p.id, p.org_id, p.name, count(t.id) as tasks, count(t.id) filter (where t.status = 'done') as done
    from public.projects as p left join public.tasks as t on t.parent_id = p.id group by p.id;
create view public.invoice_totals with (security_invoker = on) as
    select l.parent_id as invoice_id, l.org_id, sum(l.amount) as total
    from public.invoice_lines as l group by l.parent_id, l.org_id;
grant select on public.project_progress, public.invoice_totals to authenticated;

-- Files, messages, scheduled work.
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true), ('attachments', 'attachments', false);
create policy "own avatar" on storage.objects for insert to authenticated
    with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "own avatar goes" on storage.objects for delete to authenticated
    using (bucket_id = 'avatars' and owner_id = (select auth.uid())::text);
create policy "members read attachments" on storage.objects for select to authenticated
    using (bucket_id = 'attachments' and (select private.is_member(((storage.foldername(name))[1])::uuid)));
create policy "members attach" on storage.objects for insert to authenticated
    with check (bucket_id = 'attachments' and (select private.has_role(((storage.foldername(name))[1])::uuid, 'member')));
create policy "members listen to their organizations" on realtime.messages for select to authenticated
    using ((select private.is_member(split_part((select realtime.topic()), ':', 2)::uuid)));
alter publication supabase_realtime add table public.notifications, public.tasks;
create function private.purge() returns void language sql security definer set search_path = '' as $$
    delete from public.notifications where created_at < now() - interval '1 year';
    delete from public.invitations where expires_at < now();
$$;
select cron.schedule('purge', '0 3 * * *', 'select private.purge()');
select cron.schedule('usage', '5 * * * *', 'refresh materialized view concurrently private.usage_by_day');
