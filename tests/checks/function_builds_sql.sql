-- harmless
create function public.counted(_table text) returns bigint language plpgsql security definer set search_path = '' as 'declare n bigint; begin execute format(''select count(*) from public.%I where name = %L'', _table, _table) into n; return n; end';
create function public.by_value(_name text) returns bigint language plpgsql security definer set search_path = '' as 'declare n bigint; begin execute ''select count(*) from public.orgs where name = '' || quote_literal(_name) into n; return n; end';
create function public.of_number(_id integer) returns bigint language plpgsql security definer set search_path = '' as 'declare n bigint; begin execute format(''select %s'', _id) into n; return n; end';
create function public.kept(_text text) returns void language plpgsql security definer set search_path = '' as 'begin execute _text; end';
revoke execute on function public.kept(text) from public, anon, authenticated;
create function public.on_change() returns trigger language plpgsql as 'begin execute format(''notify %I'', tg_table_name); return new; end';
-- problem: public.runs(text)
create function public.runs(_statement text) returns void language plpgsql set search_path = '' as 'begin execute _statement; end';
-- repair
revoke execute on function public.runs(text) from public, anon, authenticated;
-- problem: public.sorted(text); public.joined(text)
create function public.sorted(_column text) returns void language plpgsql security definer set search_path = '' as 'begin execute format(''select from public.orgs order by %s'', _column); end';
create function public.joined(_name text) returns void language plpgsql security definer set search_path = '' as 'begin execute ''select from public.orgs where name = '''''' || _name || ''''''''; end';
-- repair
revoke execute on function public.sorted(text), public.joined(text) from public, anon, authenticated;
-- problem: public.on_shelf()
create table public.shelves (id integer primary key, name text);
grant insert on public.shelves to anon;
create function public.on_shelf() returns trigger language plpgsql security definer set search_path = '' as 'begin execute ''notify '' || new.name; return new; end';
create trigger on_shelf before insert on public.shelves for each row execute function public.on_shelf();
-- repair
drop trigger on_shelf on public.shelves;
