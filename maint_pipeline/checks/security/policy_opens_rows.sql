-- title: Policy opens rows that others protect
-- severity: high, because whoever reads the table reads every tenant's rows
-- needs: pg_catalog.pg_policy
-- description: A permissive policy lets anon or every signed-in user select all rows of a table that they may read,
--     although somebody meant to protect them: another policy for the same role asks whose row it is, and is void
--     beside this one; or the condition looks like one and is always true (a column compared with itself, also
--     within a sub-select, OR true, 1 = 1, a comparison with nobody's identity). What is plainly
--     open to all, using (true) and nothing else, is not reported.
-- remediation: Drop the policy, write the comparison that was meant, or make it restrictive if it should narrow
--     what others allow.
-- cannot see: conditions that are always true because of the data, or inside of functions.

with reading as materialized (
    select judged.*
    from maint.judged_policies() as judged
    where judged.is_enforced and judged.command in ('select', 'all')
        and has_any_column_privilege(judged.visitor, judged.relation, 'select')
), opening as (
    select reading.*,
        -- Whoever writes these means all, or all who are signed in.
        reading.using_text !~ '^\(*(true|\(*(\( SELECT )?auth\.(uid|role|jwt)\(\)[^()]*\)* (IS NOT NULL|= ''authenticated''::text))\)*$'
            as is_disguised,
        (
            select min(other.policy::text)
            from reading as other
            where other.relation = reading.relation and other.visitor = reading.visitor and other.is_permissive
                and other.command = 'select' and other.using_passers in ('own', 'tenant', 'claim', 'function', 'key')
        ) as made_void
    from reading
    where reading.is_permissive and reading.using_passers = 'everybody'
        and not exists (
            select from reading as narrowing
            where narrowing.relation = reading.relation and narrowing.visitor = reading.visitor
                and not narrowing.is_permissive and narrowing.using_passers <> 'everybody')
        -- policy_true_without_user reports what only strangers pass.
        and not (reading.visitor_name = 'anon' and maint.passers_of(reading.using_text, true) <> 'everybody')
)
select
    format('%s: %s', opening.name, opening.policy) as object,
    format('Policy "%s" lets %s read every row of %s%s.', opening.policy,
        string_agg(opening.visitor_name, ' and ' order by opening.visitor_name), opening.name,
        coalesce(format(', so that policy "%s" protects nothing', min(opening.made_void)),
            ': its condition is always true')) as detail,
    jsonb_build_object('using', opening.using_text, 'made_void', min(opening.made_void), 'path',
        format('%s → table %s → reads any row', min(opening.visitor_name), opening.name)) as metadata,
    maint.platform_role(opening.owner) as managed_by
from opening
where opening.is_disguised or opening.made_void is not null
group by opening.name, opening.policy, opening.using_text, opening.owner
