-- One row of pg_statistic, before PostgreSQL 18. Its slots are filled in the order that ANALYZE has.

with columns as (
    select attrelid, attnum, attcollation,
        -- What a domain checks is code of the application: its base type has the same values.
        case when typtype = 'd' then typbasetype else pg_type.oid end as type,
        coalesce(
            case when typtype = 'd' then (select base.typtype from pg_type as base where base.oid = pg_type.typbasetype)
            else typtype end, 'p') in ('b', 'e', 'r', 'm')
            and not exists (
                select from pg_type as element where element.oid = pg_type.typelem and element.typtype in ('d', 'c'))
            and not exists (
                select from pg_range join pg_type as element on element.oid = rngsubtype
                where rngtypid = pg_type.oid and element.typtype in ('d', 'c')) as is_plain
    from pg_attribute
    join pg_type on pg_type.oid = atttypid
    where attrelid = format('%%I.%%I', %(schema)s::text, %(name)s::text)::regclass and attname = %(column)s::text
), operators as (
    select columns.*, element,
        (select amopopr from pg_amop where amopmethod = 403 and amopstrategy = 3 and amopfamily = family
            and amoplefttype = input and amoprighttype = input) as equals,
        (select amopopr from pg_amop where amopmethod = 403 and amopstrategy = 1 and amopfamily = family
            and amoplefttype = input and amoprighttype = input) as less,
        (select amopopr from pg_amop join pg_opclass on opcfamily = amopfamily
            where opcmethod = 403 and opcdefault and amopstrategy = 3 and opcintype = element
                and amoplefttype = opcintype and amoprighttype = opcintype) as element_equals
    from columns
    join pg_type on pg_type.oid = columns.type
    left join lateral (
        select opcfamily as family, opcintype as input
        from pg_opclass
        where opcmethod = 403 and opcdefault and opcintype = case
            when columns.type = 1043 then 25
            when typtype = 'e' then 3500
            when typcategory = 'A' then 2277
            when typtype = 'r' then 3831
            when typtype = 'm' then 4537
            else columns.type end
    ) as class on true
    cross join lateral (select case when typelem <> 0 then
        case typelem when 1043 then 25::oid else typelem end else 0::oid end as element) as elements
), slots as (
    select 1 as place, 1 as kind, equals as operator, attcollation as sorting,
        %(most_common_freqs)s::real[] as numbers,
        array_in(%(most_common_vals)s::text::cstring, type, -1) as vals
    from operators where is_plain and %(most_common_vals)s::text is not null
    union all
    select 2, 2, less, attcollation, null, array_in(%(histogram_bounds)s::text::cstring, type, -1)
    from operators where is_plain and %(histogram_bounds)s::text is not null
    union all
    select 3, 3, less, attcollation, array[%(correlation)s::real], null
    from operators where %(correlation)s::real is not null
    union all
    select 4, 4, element_equals, attcollation, %(most_common_elem_freqs)s::real[],
        array_in(%(most_common_elems)s::text::cstring, element, -1)
    from operators where is_plain and %(most_common_elems)s::text is not null and element <> 0
    union all
    select 5, 5, element_equals, attcollation, %(elem_count_histogram)s::real[], null
    from operators where %(elem_count_histogram)s::real[] is not null and element <> 0
), numbered as (
    select row_number() over (order by place) as slot, slots.* from slots
)
insert into pg_statistic
select attrelid, attnum, %(inherited)s::boolean, %(null_frac)s::real, %(avg_width)s::integer, %(n_distinct)s::real,
    coalesce((select kind from numbered where slot = 1), 0)::smallint,
    coalesce((select kind from numbered where slot = 2), 0)::smallint,
    coalesce((select kind from numbered where slot = 3), 0)::smallint,
    coalesce((select kind from numbered where slot = 4), 0)::smallint,
    coalesce((select kind from numbered where slot = 5), 0)::smallint, coalesce((select operator from numbered where slot = 1), 0),
    coalesce((select operator from numbered where slot = 2), 0),
    coalesce((select operator from numbered where slot = 3), 0),
    coalesce((select operator from numbered where slot = 4), 0),
    coalesce((select operator from numbered where slot = 5), 0), coalesce((select sorting from numbered where slot = 1), 0),
    coalesce((select sorting from numbered where slot = 2), 0),
    coalesce((select sorting from numbered where slot = 3), 0),
    coalesce((select sorting from numbered where slot = 4), 0),
    coalesce((select sorting from numbered where slot = 5), 0), (select numbers from numbered where slot = 1),
    (select numbers from numbered where slot = 2),
    (select numbers from numbered where slot = 3),
    (select numbers from numbered where slot = 4),
    (select numbers from numbered where slot = 5), (select vals from numbered where slot = 1),
    (select vals from numbered where slot = 2),
    (select vals from numbered where slot = 3),
    (select vals from numbered where slot = 4),
    (select vals from numbered where slot = 5)
from operators
