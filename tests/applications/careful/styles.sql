-- More of the same application, as other careful people write it: what looks like a danger and is none.

-- Roles in a table that only administrators write, asked by a function that policies call.
create type public.app_role as enum ('admin', 'editor', 'reader');
create table public.user_roles (
    user_id uuid not null references auth.users on delete cascade, role public.app_role not null,
    primary key (user_id, role)
);
alter table public.user_roles enable row level security;
create function public.has_role(_user uuid, _role public.app_role) returns boolean language sql stable
    security definer set search_path = '' as $$
    select exists (select from public.user_roles as r where r.user_id = _user and r.role = _role)
$$;
grant execute on function public.has_role(uuid, public.app_role) to authenticated;
grant select, insert, update, delete on public.user_roles to authenticated;
create policy "own roles are seen" on public.user_roles for select to authenticated using (user_id = (select auth.uid()));
create policy "administrators give roles" on public.user_roles to authenticated
    using (public.has_role((select auth.uid()), 'admin')) with check (public.has_role((select auth.uid()), 'admin'));

-- A column of rights in the user's own row, guarded by a trigger; another by the policy itself.
create table public.account_settings (
    user_id uuid primary key references auth.users on delete cascade, permissions text[] not null default '{}',
    language text
);
create table public.author_pages (
    id uuid primary key references auth.users on delete cascade, about text, is_moderator boolean not null default false
);
alter table public.account_settings enable row level security;
alter table public.author_pages enable row level security;
create function private.guard_permissions() returns trigger language plpgsql set search_path = '' as $$
begin
    if new.permissions is distinct from old.permissions and current_user <> 'service_role' then
        raise insufficient_privilege using message = 'permissions are given by the service';
    end if;
    return new;
end
$$;
create trigger guard_permissions before update on public.account_settings
    for each row execute function private.guard_permissions();
grant select on public.account_settings, public.author_pages to authenticated;
grant update (language) on public.account_settings to authenticated;
grant update on public.author_pages to authenticated;
create policy own on public.account_settings to authenticated using (user_id = (select auth.uid()));
create policy "pages are seen" on public.author_pages for select to authenticated using (true);
create policy "own page" on public.author_pages for update to authenticated
    using (id = (select auth.uid())) with check (id = (select auth.uid()) and is_moderator = false);

-- The tenant in the token, which only the service writes; no guests; a key in a header, which is a secret.
create table public.documents (
    id bigint generated always as identity primary key, tenant_id uuid not null, title text not null,
    created_by uuid references auth.users
);
create index on public.documents (tenant_id);
create index on public.documents (created_by);
create table public.feeds (
    id uuid primary key default gen_random_uuid(), api_key text not null unique, body jsonb not null default '{}'
);
alter table public.documents enable row level security;
alter table public.feeds enable row level security;
grant select, insert on public.documents to authenticated;
grant select (id, body) on public.feeds to anon;
create policy "of the tenant" on public.documents for select to authenticated
    using (tenant_id = ((select auth.jwt()) -> 'app_metadata' ->> 'tenant_id')::uuid);
create policy "no guests" on public.documents as restrictive to authenticated
    using ((select (auth.jwt() ->> 'is_anonymous')::boolean) is not true);
create policy "whose is set by the trigger" on public.documents for insert to authenticated
    with check (tenant_id = ((select auth.jwt()) -> 'app_metadata' ->> 'tenant_id')::uuid);
create policy "by key" on public.feeds for select to anon
    using (api_key = (current_setting('request.headers', true)::json ->> 'x-api-key'));
create function private.set_author() returns trigger language plpgsql set search_path = '' as $$
begin
    new.created_by := (select auth.uid());
    return new;
end
$$;
create trigger set_author before insert on public.documents for each row execute function private.set_author();

-- Conditions with CASE and COALESCE that open nothing.
create table public.articles (
    id bigint generated always as identity primary key, author uuid not null references auth.users,
    state text not null default 'draft', is_public boolean
);
create index on public.articles (author);
alter table public.articles enable row level security;
grant select, insert, update, delete on public.articles to authenticated;
grant select on public.articles to anon;
create policy "published or own" on public.articles for select to anon, authenticated
    using (case when state = 'published' then coalesce(is_public, false) else author = (select auth.uid()) end);
create policy "own articles" on public.articles to authenticated
    using (author = (select auth.uid())) with check (author = (select auth.uid()));

-- A view with its owner's rights that shows each reader their own; a report by a token that was given; a count of a
-- table by its name, from a list.
create view public.my_teams as
    select t.id, t.name, t.org_id from public.teams as t
    where t.org_id in (select m.org_id from public.memberships as m where m.user_id = (select auth.uid()));
grant select on public.my_teams to authenticated;
create table private.shared_reports (
    id uuid primary key default gen_random_uuid(), share_token text not null unique, body jsonb not null, expires_at timestamptz not null
);
alter table private.shared_reports enable row level security;
create function public.shared_report(_token text) returns jsonb language sql stable security definer
    set search_path = '' as $$
    select r.body from private.shared_reports as r where r.share_token = _token and r.expires_at > now()
$$;
grant execute on function public.shared_report(text) to anon, authenticated;
create function public.count_rows(_table text) returns bigint language plpgsql stable set search_path = '' as $$
declare
    _count bigint;
begin
    if _table not in ('tasks', 'projects') then
        raise invalid_parameter_value using message = 'no such list';
    end if;
    execute format('select count(*) from public.%I', _table) into _count;
    return _count;
end
$$;
grant execute on function public.count_rows(text) to authenticated;

-- What the service calls, with a secret of the vault.
create function private.call_webhook(_url text) returns bigint language sql security definer set search_path = '' as $$
    select net.http_post(_url, jsonb_build_object('signature', s.decrypted_secret))
    from vault.decrypted_secrets as s where s.name = 'webhooks'
$$;
create function public.custom_access_token_hook(event jsonb) returns jsonb language sql stable set search_path = '' as $$
    select event
$$;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
grant usage on schema public to supabase_auth_admin;

-- Files that all members of an organization replace, and a topic that is for everybody.
insert into storage.buckets (id, name, public) values ('logos', 'logos', true);
create policy "administrators set the logo" on storage.objects for update to authenticated
    using (bucket_id = 'logos' and (select private.has_role(((storage.foldername(name))[1])::uuid, 'admin')));
create policy "own files" on storage.objects for select to authenticated
    using (owner_id = (select auth.uid()::text));
create policy "everybody hears announcements" on realtime.messages for select to authenticated
    using ((select realtime.topic()) = 'announcements');
