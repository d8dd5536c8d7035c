-- prepare: storage.buckets does not exist
create schema storage;
create table storage.buckets (id text primary key, public boolean);
create table storage.objects (id uuid primary key, bucket_id text, owner uuid, name text);
alter table storage.objects enable row level security;
grant usage on schema storage to maint_owner;
grant select on storage.buckets, storage.objects to maint_owner;
-- harmless
insert into storage.buckets values ('avatars', true), ('invoices', false);
create policy own on storage.objects for select to authenticated using (bucket_id = 'avatars' and owner = (select auth.uid()));
create policy invoices on storage.objects for select to authenticated using (bucket_id = 'invoices');
create policy in_a_folder on storage.objects for select using (bucket_id = 'avatars' and name like 'public/%');
-- problem: avatars
create policy "everybody lists" on storage.objects for select using (bucket_id = 'avatars');
-- repair: fix
-- problem: evil[; o'clock
insert into storage.buckets values ('evil[', true), ('o''clock', true), ('evil', true);
create policy evil on storage.objects for select using (bucket_id = 'evil[');
create policy clock on storage.objects for select using (bucket_id = 'o''clock' or owner = auth.uid());
-- repair: fix
-- problem: avatars; evil; evil[; o'clock
create policy everything on storage.objects to authenticated using (true);
-- repair
drop policy everything on storage.objects;
