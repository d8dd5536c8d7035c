-- title: Users may give themselves rights
-- severity: critical, because any signed-in user becomes an administrator with one request
-- needs: pg_catalog.pg_policy
-- description: A policy lets signed-in users update their one row of a table with a column that says what they may
--     do (role, is_admin, ..., or whatever a policy of another table asks), or insert their own row into a table
--     of roles, and neither its WITH CHECK nor a restrictive policy looks at that column, and the column is
--     granted. Where a trigger that names the column or raises errors stands before it, it is high.
-- remediation: Grant UPDATE on the other columns only, or keep rights in a table that users can't write.
-- cannot see: columns under other names that only functions or programs ask, and what a trigger refuses.
-- thresholds: columns text = role,roles,user_role,app_role,is_admin,admin,is_superuser,is_super_admin,is_staff,is_moderator,permissions,permission,account_role,team_role,access_level; tables text = user_roles,users_roles,roles,user_permissions,permissions,role_members,admins,administrators,memberships,members,account_user,organization_members,team_members

with asked as materialized (
    -- What policies of other tables ask of a user's row; keys say whose it is.
    select distinct refobjid as relation, refobjsubid as attnum
    from pg_depend
    join pg_policy on pg_policy.oid = objid and polrelid <> refobjid
    where classid = 'pg_policy'::regclass and refclassid = 'pg_class'::regclass and refobjsubid > 0
        and not exists (
            select from pg_constraint
            where conrelid = refobjid and contype in ('p', 'u', 'f') and refobjsubid = any (conkey))
), opened as (
    select judged.relation, judged.name, judged.visitor, judged.visitor_name, judged.policy, command.name as command,
        coalesce(judged.check_text, judged.using_text) as check_text,
        coalesce(judged.using_text, judged.check_text) as using_text,
        case command.name when 'insert' then judged.check_passers else judged.using_passers end as passers,
        judged.check_passers
    from maint.judged_policies() as judged
    join (values ('insert'), ('update')) as command (name) on judged.command in (command.name, 'all')
    where judged.is_permissive and judged.is_enforced
)
select distinct on (opened.name, column_of.name)
    format('%s.%I', opened.name, column_of.name) as object,
    format('Policy "%s" lets %s %s %I in their row of %s.', opened.policy,
        case opened.visitor_name when 'anon' then 'anybody' else 'signed-in users' end,
        case opened.command when 'insert' then 'choose' else 'change' end, column_of.name, opened.name)
        as detail,
    case when guard.has_trigger then 'high' else 'critical' end as severity,
    jsonb_build_object('policy', opened.policy, 'with_check', opened.check_text, 'path',
        format('%s → %ss their row of %s → sets %I', opened.visitor_name, opened.command, opened.name,
            column_of.name)) as metadata
from opened
join pg_class on pg_class.oid = opened.relation
cross join lateral (
    select attname as name, attnum, '\m' || maint.regex_of(attname::text) || '\M' as pattern
    from pg_attribute
    where attrelid = opened.relation and attnum > 0 and not attisdropped and attgenerated = ''
        and (attname = any (maint.listed(_columns))
            or (attrelid, attnum) in (select asked.relation, asked.attnum from asked))
        and has_column_privilege(opened.visitor, opened.relation, attnum, opened.command)
) as column_of
cross join lateral (
    select exists (
        select from pg_trigger
        where tgrelid = opened.relation and not tgisinternal and tgenabled <> 'D'
            -- Before, for each row, on this command.
            and tgtype & 2 <> 0 and tgtype & case opened.command when 'insert' then 4 else 16 end <> 0
            -- One that neither names the column nor refuses anything guards nothing.
            and (select prosrc ~* (column_of.pattern || '|\mraise\M|\mdistinct from\M')
                from pg_proc where pg_proc.oid = tgfoid)
    ) as has_trigger
) as guard
cross join lateral (
    -- One row for each user: a column that is compared with the user's identity is unique by itself.
    select relname = any (maint.listed(_tables)) or exists (
        select from pg_index
        join pg_attribute on attrelid = indrelid and attnum = indkey[0]
        where indrelid = opened.relation and indisunique and indnkeyatts = 1 and indpred is null
            and opened.using_text ~ format(
                '(\m%1$s = \(*\s*(SELECT )?auth\.uid\(\))|(auth\.uid\(\)[^()=]*\)* = \(*%1$s\M)', maint.regex_of(attname::text))
    ) as is_of_the_user
) as about
where about.is_of_the_user
    and (opened.command = 'update' and opened.passers in ('own', 'everybody', 'rows')
        and opened.check_passers in ('own', 'everybody', 'rows')
        or opened.command = 'insert' and relname = any (maint.listed(_tables))
            and opened.passers in ('own', 'everybody', 'rows'))
    and coalesce(opened.check_text, '') !~ column_of.pattern
    and not exists (
        select from maint.policies() as narrowing
        where narrowing.relation = opened.relation and not narrowing.is_permissive
            and concat(narrowing.using_text, narrowing.check_text) ~ column_of.pattern
    )
order by opened.name, column_of.name, guard.has_trigger, opened.policy
