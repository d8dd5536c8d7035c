-- What schemas have beside tables and B-trees; the largest tables have rows enough that an index is worth it.

create table public.parcels (
    id integer, street text, weight integer, sent date not null,
    twice integer generated always as (weight * 2) stored, words tsvector);
insert into public.parcels (id, street, weight, sent, words)
    select n, 'Street ' || n % 900, n % 50, date '2026-01-01' + n / 300, to_tsvector('simple', 'word' || n % 700)
    from generate_series(1, 60000) as n;
create table public.events (id bigint, place integer, happened date not null) partition by range (happened);
create table public.events_1 partition of public.events for values from ('2026-01-01') to ('2026-02-01');
create table public.events_2 partition of public.events for values from ('2026-02-01') to ('2026-03-01');
insert into public.events select n, n % 5000, date '2026-01-01' + n % 59 from generate_series(1, 40000) as n;
create view public.heavy as select * from public.parcels where weight > 40;
create materialized view public.streets as select street, count(*) as parcels from public.parcels group by street;
create function public.parcels_of(_street text) returns setof public.parcels language sql stable
    as $$ select * from public.parcels where street = _street $$;
create foreign data wrapper nowhere;
create server far foreign data wrapper nowhere;
create foreign table public.far_away (id integer, street text) server far;
create unlogged table public.passing (id integer, street text);
insert into public.passing select n, 'Street ' || n % 900 from generate_series(1, 30000) as n;
