-- title: Signed-in users can change each other's rows
-- severity: high, because anybody who registers can change or delete what belongs to others
-- needs: pg_catalog.pg_policy
-- description: Every signed-in user may update or delete rows of a table by a policy that asks for nothing but a
--     condition on the row, or insert rows (medium) of any owner: the table has a column that says whose a row is,
--     and the policy does not look at it. A trigger before the insert may set it, and none is reported then. Where
--     anon may as well, table_writable_by_anon reports it, and policy_always_true where nothing is asked.
-- remediation: Compare the column that says whose row it is with auth.uid(), or with the organizations of the user.
-- cannot see: conditions on the row that only its owner's rows can meet.
-- thresholds: owners text = owner,owner_id,user_id,author,author_id,created_by,account_id,profile_id,org_id,organization_id,organisation_id,tenant_id,team_id,workspace_id,company_id

select
    format('%I.%I', nspname, relname) as object,
    format('Every signed-in user may %s rows of %I.%I, whoever owns them.',
        string_agg(access.command, ', ' order by access.command), nspname, relname) as detail,
    case when bool_and(access.command = 'insert') then 'medium' else 'high' end as severity,
    jsonb_build_object('commands', jsonb_agg(access.command order by access.command), 'path',
        format('authenticated → table %I.%I → %s', nspname, relname, string_agg(access.command, ', '))) as metadata,
    maint.platform_role(relowner) as managed_by
from maint.row_access() as access
join pg_class on pg_class.oid = access.relation
join pg_namespace on pg_namespace.oid = relnamespace and pg_namespace.oid in (select maint.exposed_schemas())
where access.visitor_name = 'authenticated' and access.passers = 'rows' and access.command <> 'select'
    and case access.command when 'delete' then has_table_privilege(access.visitor, access.relation, 'delete')
        else has_any_column_privilege(access.visitor, access.relation, access.command) end
    and exists (
        select from pg_attribute
        where attrelid = access.relation and attnum > 0 and not attisdropped
            and attname = any (maint.listed(_owners)))
    and (access.command <> 'insert' or not exists (
        select from pg_trigger
        where tgrelid = access.relation and not tgisinternal and tgenabled <> 'D'
            and tgtype & 1 <> 0 and tgtype & 2 <> 0 and tgtype & 4 <> 0))
    and not exists (
        select from maint.row_access() as strangers
        where strangers.relation = access.relation and strangers.visitor_name = 'anon'
            and strangers.command = access.command and strangers.passers in ('rows', 'everybody'))
group by nspname, relname, relowner
