-- A table with eight partitions: six have expired, one of them with held rows, one has some expired rows, and
-- one is young.
drop table if exists public.events cascade;
create table public.events (id bigint not null, at timestamptz not null, held boolean, words text)
partition by range (at);
do $$
declare
    _number integer;
    _name text;
    _old oid;
begin
    -- What an earlier episode left detached.
    for _name in
        select format('%I.%I', nspname, relname) from soak.partitions
        join pg_class on pg_class.oid = partition join pg_namespace on pg_namespace.oid = relnamespace
    loop
        execute 'drop table ' || _name;
    end loop;
    truncate soak.partitions;
    for _number in 0..7 loop
        _name := format('events_%s', _number);
        execute format('create table public.%I partition of public.events for values from (%L) to (%L)',
            _name, current_date - 275 + 40 * _number,
            case _number when 7 then current_date + 60 else current_date - 235 + 40 * _number end);
        execute format('grant select, delete, update on public.%I to maint_owner', _name);
        insert into soak.partitions values (format('public.%I', _name)::regclass);
    end loop;
    if {default} then
        create table public.events_rest partition of public.events default;
        grant select, delete, update on public.events_rest to maint_owner;
        insert into soak.partitions values ('public.events_rest'::regclass);
    end if;
end
$$;
insert into public.events
select i, current_date - 275 + (i % 290) * interval '1 day', i = {held}, md5(i::text)
from generate_series(1, 580) as i;
grant select, delete, update on public.events to maint_owner;
truncate soak.original, soak.archived;
insert into soak.original
select id, t::text, at > now() - interval '30 days' or held is true from public.events as t;
