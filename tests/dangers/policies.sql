-- danger: a condition is joined with true
-- by: authenticated
-- found: high policy_opens_rows: public.invoices: debugging
create policy debugging on public.invoices for select to authenticated using ((select auth.uid()) is not null or true);

-- danger: a comparison of a column with itself
-- by: authenticated
-- found: high policy_opens_rows: public.customers: same
create policy same on public.customers for select to authenticated using (org_id = org_id);

-- danger: an equation of numbers
-- by: authenticated
-- found: high policy_always_true: public.tasks: numbers
create policy numbers on public.tasks for delete to authenticated using (1 = 1);

-- danger: what is unknown counts as yes
-- by: anon
-- found: high policy_true_without_user: public.notifications: unknown
grant select on public.notifications to anon;
create policy unknown on public.notifications for select to anon using (coalesce(user_id = auth.uid(), true));

-- danger: a case opens to who is not signed in
-- by: anon
-- found: high policy_true_without_user: public.notifications: cases
grant select on public.notifications to anon;
create policy cases on public.notifications for select
    using (case when auth.uid() is null then true else user_id = auth.uid() end);

-- danger: within the sub-select a column is compared with itself, so any membership will do
-- by: authenticated
-- found: high policy_opens_rows: public.exports: shadowed
create policy shadowed on public.exports for select to authenticated using (exists (
    select from public.memberships as m where m.org_id = m.org_id and m.user_id = (select auth.uid())));

-- danger: the same for writing
-- by: authenticated
-- found: high policy_always_true: public.exports: shadowed
create policy shadowed on public.exports for update to authenticated using (exists (
    select from public.memberships as m where m.org_id = m.org_id and m.user_id = (select auth.uid())));

-- danger: everybody but the user
-- by: anon
-- found: high policy_opens_rows: public.time_entries: inverted
grant select on public.time_entries to anon;
create policy inverted on public.time_entries for select using (user_id is distinct from auth.uid());

-- danger: a restrictive policy meant to narrow was made permissive
-- by: authenticated
-- found: high policy_opens_rows: public.invoices: registered
create policy registered on public.invoices for select to authenticated
    using ((auth.jwt() ->> 'is_anonymous')::boolean is false);

-- danger: a policy for the service names no role
-- by: anon
-- found: high policy_always_true: public.subscriptions: service has full access
grant all on public.subscriptions to anon, authenticated;
create policy "service has full access" on public.subscriptions using (true) with check (true);

-- danger: signed-in users change rows by a condition on the rows alone
-- by: authenticated
-- found: high rows_writable_by_everybody: public.tasks
create policy "open tasks" on public.tasks for update to authenticated using (status = 'open');

-- danger: rows may be added to any organization
-- by: authenticated
-- found: medium rows_writable_by_everybody: public.exports
create policy "any kind" on public.exports for insert to authenticated with check (kind <> '');

-- danger: the right is what users say about themselves
-- by: authenticated
-- found: critical policy_trusts_user_metadata: public.customers: staff
create policy staff on public.customers to authenticated
    using ((auth.jwt() -> 'user_metadata' ->> 'role') = 'staff');

-- danger: the same two functions down
-- by: authenticated
-- found: critical policy_trusts_user_metadata: public.customers: staff
create function private.claims() returns jsonb language sql stable set search_path = '' as
    $$ select auth.jwt() -> 'user_metadata' $$;
create function private.is_staff() returns boolean language sql stable set search_path = '' as
    $$ select (private.claims() ->> 'role') = 'staff' $$;
create policy staff on public.customers to authenticated using ((select private.is_staff()));

-- danger: at sign-up users choose their own role
-- by: anybody
-- as superuser
-- found: critical sign_up_sets_rights: private.on_new_user()
create or replace function private.on_new_user() returns trigger language plpgsql security definer
    set search_path = '' as $$
begin
    insert into public.profiles (id, is_staff)
    values (new.id, coalesce((new.raw_user_meta_data ->> 'is_staff')::boolean, false));
    return new;
end
$$;

-- danger: the tenant is what a header says
-- by: anon
-- found: critical policy_trusts_request: public.customers: by header
grant select on public.customers to anon;
create policy "by header" on public.customers for select
    using (org_id = (current_setting('request.headers', true)::json ->> 'x-org-id')::uuid);

-- danger: the tenant is a setting that a function of the API sets
-- by: authenticated
-- found: critical policy_trusts_request: public.customers: by setting
create policy "by setting" on public.customers for select to authenticated
    using (org_id = current_setting('app.current_org', true)::uuid);
create function public.choose(_org text) returns text language sql set search_path = '' as
    $$ select set_config('app.current_org', _org, false) $$;
grant execute on function public.choose(text) to authenticated;

-- danger: who somebody is comes from a header
-- by: anon
-- found: critical policy_trusts_request: public.time_entries: own device
grant select on public.time_entries to anon;
create function private.who() returns uuid language sql stable set search_path = '' as
    $$ select (current_setting('request.headers', true)::json ->> 'x-user')::uuid $$;
create policy "own device" on public.time_entries for select using (user_id = private.who());

-- danger: any signed-in user replaces any file of a bucket
-- by: authenticated
-- as superuser
-- found: high policy_of_service_asks_nobody: storage.objects: replacing
grant usage on schema storage to maint_owner;
grant select on storage.buckets to maint_owner;
create policy maintenance on storage.buckets for select to maint_owner using (true);
create policy replacing on storage.objects for update to authenticated using (bucket_id = 'attachments');

-- danger: a private bucket is read by strangers
-- by: anon
-- as superuser
-- found: high policy_of_service_asks_nobody: storage.objects: reading
grant usage on schema storage to maint_owner;
grant select on storage.buckets to maint_owner;
create policy maintenance on storage.buckets for select to maint_owner using (true);
create policy reading on storage.objects for select to anon, authenticated using (bucket_id = 'attachments');

-- danger: buckets can be made public
-- by: authenticated
-- found: high policy_always_true: storage.buckets: buckets
create policy buckets on storage.buckets for update to authenticated using (true);

-- danger: whoever is signed in listens to every topic
-- by: authenticated
-- found: high policy_of_service_asks_nobody: realtime.messages: listening
create policy listening on realtime.messages for select to authenticated using (extension = 'broadcast');

-- danger: strangers send messages on every topic
-- by: anon
-- found: high policy_always_true: realtime.messages: sending
create policy sending on realtime.messages for insert to anon with check (true);

-- danger: a public bucket lists its files
-- by: anon
-- as superuser
-- found: medium public_bucket_lists: avatars
grant usage on schema storage to maint_owner;
grant select on storage.buckets, storage.objects to maint_owner;
create policy maintenance on storage.buckets for select to maint_owner using (true);
create policy listed on storage.objects for select using (bucket_id = 'avatars');

-- danger: personal data of everybody is read by everybody
-- by: anon
-- found: medium sensitive_columns_exposed: public.directory
create table public.directory (id uuid primary key references auth.users, email text, phone text);
alter table public.directory enable row level security;
grant select on public.directory to anon, authenticated;
create policy everybody on public.directory for select using (true);
