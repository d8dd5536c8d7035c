-- harmless
do $$ begin execute format('alter database %I set "app.settings.jwt_exp" = 3600', current_database()); end $$;
create function public.with_public_key() returns text language sql as 'select ''eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJl''';
create foreign data wrapper elsewhere;
create server away foreign data wrapper elsewhere options (api_key_id '12345678-1234', host 'example.org');
-- problem: setting app.settings.jwt_secret
do $$ begin execute format('alter database %I set "app.settings.jwt_secret" = ''not a very good secret''', current_database()); end $$;
-- repair
do $$ begin execute format('alter database %I reset "app.settings.jwt_secret"', current_database()); end $$;
-- problem: server paying
create server paying foreign data wrapper elsewhere options (api_key 'abcdefgh12345678');
-- repair
drop server paying;
-- problem: function public.with_key()
create function public.with_key() returns text language sql as 'select ''eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl''';
-- repair
drop function public.with_key();
-- problem: trigger calling of public.orgs
create function public.call() returns trigger language plpgsql as 'begin return new; end';
create trigger calling after insert on public.orgs for each row execute function public.call('{"Authorization": "sk_live_0123456789abcdef"}');
-- repair
drop trigger calling on public.orgs;
