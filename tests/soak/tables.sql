-- A fresh table of {rows} rows, about four to a page, expired and young ones mixed. Two of five are held, or
-- have no time, or are young. Without a key some rows are equal.
drop table if exists public.{table} cascade;
create table public.{table} (
    id bigint{key}, at timestamptz, held boolean, words text, list text[], bytes bytea,
    gap interval, "sum, ""total""" numeric, real float8, filler text
);
insert into public.{table}
select case when '{key}' <> '' or i % 5 <> 0 then i else i / 10 end,
    case
        when i % 97 = 0 then null
        when i % 3 = 0 then date_trunc('day', now()) - (i % 28) * interval '1 day'
        when i % 50 = 7 then '-infinity'
        when i % 50 = 9 then '0044-03-15 12:00 BC'
        else date_trunc('day', now()) - (32 + (i / 10) % 300) * interval '1 day'
    end,
    case when i % 11 = 0 then true when i % 13 = 0 then null end,
    case i / 10 % 4 when 0 then null when 1 then '' when 2 then E'"quoted",\n\\.\t' else 'ü€ 😀' end,
    case when i / 10 % 3 = 0 then array['a,b', null, '"', ''] end,
    decode(md5((i / 10)::text), 'hex'), '1 mon -2 days'::interval * (i / 10),
    (i / 10) / 7.0, case when i / 10 % 9 = 0 then 'NaN' else (i / 10) * 0.1::float8 end,
    repeat('x', 1700)
from generate_series(1, {rows}) as i order by i;
grant select, delete, update on public.{table} to maint_owner;
truncate soak.original, soak.archived;
insert into soak.original
select id, t::text, at is null or at > now() - interval '30 days' or held is true
from public.{table} as t;
