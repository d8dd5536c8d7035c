-- The columns of an index on the what-if server, with what statistics say of each.

select relation.oid, amname as method, pg_relation_filepath(relation.oid) as path,
    space.nspname as table_schema, tables.relname as table_name,
    pg_get_expr(indpred, indrelid) as condition,
    (
        select jsonb_agg(jsonb_build_object(
            'width', coalesce(nullif(avg_width, 0), case when entry.attlen > 0 then entry.attlen else 16 end),
            'align', entry.attalign, 'is_variable', entry.attlen < 0,
            'null_part', coalesce(null_frac, 0),
            'distinct', coalesce(n_distinct, -0.5),
            'frequent', most_common_freqs) order by entry.attnum)
        from pg_attribute as entry
        left join lateral (
            -- Of an expression, those of the column in it that has most values: it has no more.
            select pg_stats.*
            from pg_attribute as origin
            join pg_stats on schemaname = space.nspname and tablename = tables.relname and pg_stats.attname = origin.attname
            where origin.attrelid = indrelid
                and case when (indkey::int2[])[entry.attnum - 1] <> 0 then origin.attnum = (indkey::int2[])[entry.attnum - 1]
                    else origin.attnum > 0 and origin.attnum <> all (indkey::int2[])
                        and exists (select from pg_depend where classid = 'pg_class'::regclass
                            and objid = relation.oid and refobjid = indrelid and refobjsubid = origin.attnum) end
            order by inherited, n_distinct < 0 desc, abs(n_distinct) desc
            limit 1
        ) as known on true
        where entry.attrelid = relation.oid and entry.attnum > 0
    ) as columns
from pg_index
join pg_class as relation on relation.oid = indexrelid
join pg_am on pg_am.oid = relation.relam
join pg_class as tables on tables.oid = indrelid
join pg_namespace as space on space.oid = tables.relnamespace
where relation.oid = format('%%I.%%I', %(schema)s::text, %(name)s::text)::regclass
