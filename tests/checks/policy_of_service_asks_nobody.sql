-- harmless
create schema storage;
grant usage on schema storage to anon, authenticated, maint_owner;
create table storage.buckets (id text primary key, public boolean);
grant select on storage.buckets to maint_owner;
insert into storage.buckets values ('open', true), ('closed', false);
create function storage.foldername(text) returns text[] language sql as 'select string_to_array($1, ''/'')';
create table storage.objects (id integer primary key, bucket_id text, name text, owner_id text);
alter table storage.objects enable row level security;
grant all on storage.objects to anon, authenticated;
create policy own on storage.objects to authenticated using (bucket_id = 'closed' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy listed on storage.objects for select using (bucket_id = 'open');
create schema realtime;
grant usage on schema realtime to anon, authenticated;
create function realtime.topic() returns text language sql as 'select ''''';
create table realtime.messages (id integer primary key, extension text);
alter table realtime.messages enable row level security;
grant all on realtime.messages to authenticated;
create policy lobby on realtime.messages for select to authenticated using (realtime.topic() = 'lobby');
-- problem: storage.objects: reading; storage.objects: replacing; storage.objects: adding
create policy reading on storage.objects for select to authenticated using (bucket_id = 'closed');
create policy replacing on storage.objects for update to authenticated using (bucket_id = 'open');
create policy adding on storage.objects for insert to authenticated with check (bucket_id = 'open' and (storage.foldername(name))[1] = 'all');
-- repair
drop policy reading on storage.objects;
drop policy replacing on storage.objects;
drop policy adding on storage.objects;
-- problem: realtime.messages: listening
create policy listening on realtime.messages for select to authenticated using (extension = 'broadcast');
-- repair
drop policy listening on realtime.messages;
