-- title: Sequence near its end
-- severity: high, because when it gets there every insert fails
-- needs: pg_catalog.pg_sequence
-- description: A sequence has used most of its numbers, or of those that the column it fills can hold: a bigint
--     sequence behind an integer column ends at 2,147,483,647. Where maint_owner may not read a sequence,
--     that is reported (low).
-- remediation: Make the column and the sequence bigint, in time: on a large table that takes a plan.
-- thresholds: used numeric = 0.8

with ends as (
    select seqrelid::regclass as sequence, column_of.name as column_name,
        least(seqmax, column_of.most) as most, has_sequence_privilege(seqrelid, 'select') as is_readable
    from pg_sequence
    join pg_class on pg_class.oid = seqrelid
    left join lateral (
        select format('%s.%I', refobjid::regclass, attname) as name,
            case atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 end
                as most
        from pg_depend
        join pg_attribute on attrelid = refobjid and attnum = refobjsubid
        where classid = 'pg_class'::regclass and objid = seqrelid and deptype in ('a', 'i')
            and refobjsubid > 0
    ) as column_of on true
    where relpersistence <> 't' and seqincrement > 0 and not seqcycle
)
select
    ends.sequence::text as object,
    case
        when not ends.is_readable then format('Sequence %s can''t be read by %s.', ends.sequence,
            current_user)
        else format('Sequence %s is at %s of %s%s.', ends.sequence, present.value, ends.most,
            ', which column ' || ends.column_name || ' can hold')
    end as detail,
    case when not ends.is_readable then 'low' when present.value >= ends.most * 0.95 then 'critical'
        else 'high' end as severity,
    jsonb_build_object('value', present.value, 'most', ends.most, 'column', ends.column_name)
        as metadata,
    case when not ends.is_readable
        then format('grant select on sequence %s to %I;', ends.sequence, current_user) end as fix
from ends
cross join lateral (
    select case when ends.is_readable then pg_sequence_last_value(ends.sequence) end as value
) as present
where not ends.is_readable or present.value >= ends.most * _used
