-- title: Policy lets everybody write
-- severity: high, because row level security is on and protects nothing against writing
-- needs: pg_catalog.pg_policy
-- description: A permissive policy allows anon, or every signed-in user, to insert, update or delete any row, or to
--     make of their own row whatever they like: its condition is true, is so for every signed-in user
--     (auth.uid() is not null), compares a column with itself, or its WITH CHECK is true although its
--     USING asks. Low where the role lacks the privilege on the table, so far; medium
--     for an insert before which a trigger runs, as it may set whose row it is (and none where it sets auth.uid()).
--     Also on tables that the platform's services serve, such as storage.objects.
-- remediation: Replace the condition by one that says whose rows they are, in WITH CHECK too, or drop the policy.
-- cannot see: conditions that are always true because of the data, or inside of functions.

with narrowed as materialized (
    select judged.relation, judged.visitor, judged.command
    from maint.judged_policies() as judged
    where not judged.is_permissive
        and coalesce(judged.check_passers, judged.using_passers) <> 'everybody'
), policy as (
    select judged.relation, judged.name, judged.policy, judged.command, judged.visitor, judged.visitor_name,
        judged.using_text, judged.check_text,
        judged.using_passers = 'everybody' and judged.command in ('update', 'delete', 'all') as opens_old,
        judged.check_passers = 'everybody' and judged.command in ('insert', 'update', 'all') as opens_new
    from maint.judged_policies() as judged
    where judged.is_permissive and judged.is_enforced
        and not exists (
            select from narrowed
            where narrowed.relation = judged.relation and narrowed.visitor = judged.visitor
                and narrowed.command in (judged.command, 'all')
        )
), owner_setters as materialized (
    -- Tables whose trigger makes an inserted row the user's.
    select tgrelid
    from pg_trigger
    join pg_proc on pg_proc.oid = tgfoid
    where not tgisinternal and tgenabled <> 'D' and tgtype & 1 <> 0 and tgtype & 2 <> 0 and tgtype & 4 <> 0
        and prosrc ~* '\mnew\.\w+\s*:?=\s*\(?\s*(select\s+)?auth\.uid\s*\('
        -- Not only where the row says nothing.
        and prosrc !~* '\mif\M|\mcase\M|\mcoalesce\M'
), reported as (
    select policy.*, exists (
        select from (values ('insert'), ('update'), ('delete')) as command (name)
        where policy.command in (command.name, 'all')
            and case command.name when 'delete' then has_table_privilege(policy.visitor, policy.relation, 'delete')
                else has_any_column_privilege(policy.visitor, policy.relation, command.name) end
    ) as is_granted
    from policy
    where (policy.opens_old or policy.opens_new)
        and not (policy.command = 'insert' and policy.relation in (select tgrelid from owner_setters))
)
select
    format('%s: %s', reported.name, reported.policy) as object,
    format('Policy "%s" of table %s allows %s to %s.', reported.policy, reported.name,
        string_agg(reported.visitor_name, ', ' order by reported.visitor_name),
        case when bool_or(reported.opens_old) or reported.command = 'insert'
            then case reported.command when 'all' then 'write' else reported.command end || ' any row'
            else 'give their rows any content: WITH CHECK is always true' end) as detail,
    case when not bool_or(reported.is_granted) then 'low'
        -- A trigger before the insert may set what the policy does not ask for.
        when reported.command = 'insert' and exists (
            select from pg_trigger
            where tgrelid = reported.relation and not tgisinternal and tgenabled <> 'D'
                and tgtype & 1 <> 0 and tgtype & 2 <> 0 and tgtype & 4 <> 0
        ) then 'medium'
        else 'high' end as severity,
    jsonb_build_object('command', reported.command, 'using', reported.using_text, 'with_check', reported.check_text,
        'path', format('%s → table %s → %s any row', min(reported.visitor_name), reported.name,
            case reported.command when 'all' then 'writes' else reported.command || 's' end)) as metadata
from reported
group by reported.relation, reported.name, reported.policy, reported.command, reported.using_text, reported.check_text
