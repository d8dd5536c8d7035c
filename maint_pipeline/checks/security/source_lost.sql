-- title: The application dropped what checks read
-- severity: high, because what the checks would see goes unnoticed
-- needs: maint.bound_columns
-- description: A table or a column of the application that checks read, or that a policy works on, was dropped. The
--     checks that need it are not applicable since.
-- remediation: Say what plays its part now: maint sources set PART --relation SCHEMA.NAME --column OURS=THEIRS, or
--     that there is none: maint sources set PART --none.
-- cannot see: a column that is there and means something else now.

select
    lost.part as object,
    case when maint.source_relation(lost.part) is null
        then format('%I.%I, the source %s, no longer exists.', source.table_schema, source.table_name, lost.part)
        else format('Columns of the source %s no longer exist: %s.', lost.part, lost.problems)
    end as detail,
    jsonb_build_object('part', lost.part, 'columns', lost.columns) as metadata
from (
    select part, string_agg(problem, '; ' order by place) as problems,
        jsonb_agg(name order by place) as columns
    from maint.bound_columns
    where is_lost and exists (select from maint.checks_needing(part, name))
    group by part
) as lost
join maint.sources as source on source.part = lost.part
