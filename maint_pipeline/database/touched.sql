-- The application's tables that a migration touches, a comment line each with its size. Takes %(names)s and
-- %(what)s: tables, and what becomes of each in words.

select case
    when pg_class.oid is null then format('--   %%s: is created', wanted.relation)
    else format('--   %%s (about %%s rows, %%s): %%s', wanted.relation,
        greatest(pg_class.reltuples, 0)::bigint,
        pg_size_pretty(pg_total_relation_size(pg_class.oid)),
        wanted.what)
end as line
from unnest(%(names)s::text[], %(what)s::text[]) with ordinality as wanted (relation, what, n)
left join pg_class on pg_class.oid = to_regclass(wanted.relation)
where pg_class.oid is not null or wanted.relation = 'public.maintenance_task_runs'
order by wanted.n
