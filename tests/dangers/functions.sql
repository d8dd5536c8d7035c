-- danger: a trigger puts what strangers send into a statement, with its owner's rights
-- by: anon
-- found: critical function_builds_sql: public.on_request()
create function public.on_request() returns trigger language plpgsql security definer set search_path = '' as $$
begin
    execute 'insert into public.notifications (user_id, body) select id, ''' || new.message || ''' from public.profiles where is_staff';
    return new;
end
$$;
create trigger on_request before insert on public.contact_requests for each row execute function public.on_request();

-- danger: a function that asks who calls builds its statement from text
-- by: authenticated
-- found: high function_builds_sql: public.sorted(text)
create function public.sorted(_column text) returns setof public.invoices language plpgsql stable security definer
    set search_path = '' as $$
begin
    return query execute format('select * from public.invoices where private.is_member(org_id) and %L is not null order by %s',
        auth.uid(), _column);
end
$$;
grant execute on function public.sorted(text) to authenticated;

-- danger: a function runs any statement with its caller's rights
-- by: anon
-- found: high function_builds_sql: public.run_sql(text)
create function public.run_sql(query text) returns void language plpgsql set search_path = '' as
    'begin execute query; end';
grant execute on function public.run_sql(text) to anon;

-- danger: a function notes who calls, and asks nothing
-- by: authenticated
-- found: medium definer_function_callable: public.rename(uuid,text)
create function public.rename(_org uuid, _name text) returns void language sql security definer set search_path = '' as $$
    insert into public.audit_logs (user_id, action, entity) values (auth.uid(), 'update', 'organizations');
    update public.organizations set name = _name where id = _org;
$$;
grant execute on function public.rename(uuid, text) to authenticated;

-- danger: a private function with its owner's rights is called by a public one
-- by: anon
-- found: high definer_function_callable: private.wipe(uuid)
create function private.wipe(_org uuid) returns void language sql security definer set search_path = '' as
    'delete from public.organizations where id = _org';
create function public.close_account(_org uuid) returns void language sql set search_path = '' as
    'select private.wipe(_org)';
grant usage on schema private to anon;
grant execute on function private.wipe(uuid), public.close_account(uuid) to anon;

-- danger: strangers may have requests sent from inside the network
-- by: anon
-- found: high definer_function_callable: public.notify(text)
create function public.notify(_url text) returns bigint language sql security definer set search_path = '' as
    'select net.http_post(_url)';
grant execute on function public.notify(text) to anon;

-- danger: strangers read users through a function
-- by: anon
-- found: high definer_function_callable: public.exists_user(text)
create function public.exists_user(_email text) returns boolean language sql stable security definer set search_path = '' as
    'select exists (select from auth.users where email = _email)';
grant execute on function public.exists_user(text) to anon;

-- danger: a function says who its caller is from then on
-- by: authenticated
-- found: high function_changes_identity: public.as_user(uuid)
create function public.as_user(_user uuid) returns setof public.invoices language plpgsql set search_path = '' as $$
begin
    perform set_config('request.jwt.claims', json_build_object('sub', _user)::text, true);
    return query select * from public.invoices;
end
$$;
grant execute on function public.as_user(uuid) to authenticated;

-- danger: an internal function under another name reads the server's files
-- by: anon
-- as superuser
-- found: critical function_in_untrusted_language: public.page(text)
create function public.page(text) returns text language internal as 'pg_read_file_all';
grant execute on function public.page(text) to anon;

-- danger: an untrusted language was made a trusted one
-- by: whoever may create functions
-- as superuser
-- found: critical function_in_untrusted_language: language c
update pg_catalog.pg_language set lanpltrusted = true where lanname = 'c';

-- danger: a cheap function that is said to leak nothing sees rows before the policies do
-- by: authenticated
-- as superuser
-- found: high function_leakproof: public.peek(text)
create function public.peek(text) returns boolean language plpgsql leakproof cost 0.0001 set search_path = '' as
    'begin raise notice ''%'', $1; return true; end';
grant execute on function public.peek(text) to authenticated;

-- danger: a trigger's function belongs to somebody who may change it
-- by: intern
-- as superuser
-- found: high code_of_others: private.helper()
create role intern nologin;
create function private.helper() returns trigger language plpgsql set search_path = '' as 'begin return new; end';
create trigger helper before insert on public.invoices for each row execute function private.helper();
alter function private.helper() owner to intern;

-- danger: scheduled work of the owner calls a function that another role may change
-- by: intern
-- as superuser
-- found: high code_of_others: private.nightly()
create role intern nologin;
create function private.nightly() returns void language sql set search_path = '' as 'select';
alter function private.nightly() owner to intern;
grant usage on schema cron to maint_owner;
grant select on cron.job to maint_owner;
create policy maintenance on cron.job for select to maint_owner using (true);
insert into cron.job (schedule, command, username) values ('0 4 * * *', 'select private.nightly()', 'postgres');

-- danger: a privileged function finds names in a schema that anybody may write to
-- by: authenticated
-- as superuser
-- found: high schema_open_to_creators: shared for authenticated
create schema shared authorization postgres;
grant usage, create on schema shared to authenticated;
create function private.count_all() returns bigint language sql security definer set search_path = shared, public as
    'select count(*) from tasks';

-- danger: a privileged function has no search_path
-- by: whoever has a session
-- found: medium definer_function_search_path: private.count_all()
create function private.count_all() returns bigint language sql security definer as 'select count(*) from public.tasks';

-- danger: a role of the API may use an event trigger's function for everybody's changes
-- by: its owner
-- as superuser
-- found: medium event_trigger: watching
create function private.watch() returns event_trigger language plpgsql as 'begin end';
create event trigger watching on ddl_command_end execute function private.watch();

-- danger: a rule rewrites what is written
-- by: its owner
-- found: medium rule_on_table: public.payments: forward
create rule forward as on insert to public.payments do also
    insert into private.jobs (kind, payload) values ('copy', to_jsonb(new));
