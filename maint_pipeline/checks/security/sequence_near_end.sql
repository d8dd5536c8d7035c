-- title: Sequence near its end
-- severity: high, because when it gets there every insert fails
-- also in: health
-- needs: pg_catalog.pg_sequence
-- description: A sequence has used most of its numbers, or of those that the column it fills can hold: a bigint
--     sequence behind an integer column ends at 2,147,483,647. Those that
--     maint_owner may not read are one finding (low).
-- remediation: Make the column and the sequence bigint, in time: on a large table that takes a plan.
-- cannot see: columns that a sequence fills without being owned by them.
-- thresholds: used numeric = 0.8

with owners as materialized (
    select pg_roles.oid as owner, maint.platform_role(pg_roles.oid) as managed_by from pg_roles
), ends as (
    select seqrelid::regclass as sequence, column_of.name as column_name,
        least(seqmax, column_of.most) as most, has_sequence_privilege(seqrelid, 'select') as is_readable,
        owners.managed_by
    from pg_sequence
    join pg_class on pg_class.oid = seqrelid
    join owners on owners.owner = relowner
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
    format('Sequence %s is at %s of %s%s.', ends.sequence, present.value, ends.most,
        ', which column ' || ends.column_name || ' can hold') as detail,
    case when present.value >= ends.most * 0.95 then 'critical' else 'high' end as severity,
    jsonb_build_object('value', present.value, 'most', ends.most, 'column', ends.column_name)
        as metadata,
    null as fix,
    ends.managed_by
from ends
cross join lateral (
    select case when ends.is_readable then pg_sequence_last_value(ends.sequence) end as value
) as present
where ends.is_readable and present.value >= ends.most * _used
union all
-- What can't be looked at is one thing to do, not one for each sequence.
select
    coalesce('sequences of ' || ends.managed_by, 'sequences'),
    format('%s can''t be read by %s, so their progress is unknown.', maint.pluralize(count(*), 'sequence'),
        current_user),
    'low',
    jsonb_build_object('sequences', to_jsonb((array_agg(ends.sequence::text order by ends.sequence::text))[:50])),
    string_agg(format('grant select on sequence %s to %I', ends.sequence, current_user), e';\n'
        order by ends.sequence::text) || ';',
    ends.managed_by
from ends
where not ends.is_readable
group by ends.managed_by
