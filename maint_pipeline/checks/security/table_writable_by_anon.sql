-- title: Anonymous users can write to a table
-- severity: high, because nobody has to sign in to change or to flood it
-- needs: pg_catalog.pg_class
-- description: anon may insert, update or delete in a table under row level security by a policy that asks for
--     nothing but a condition on the row: no user, no claim, no key in the request. Insert only is medium,
--     as forms for visitors are. Where the condition is always true, policy_always_true reports it.
-- remediation: Revoke the privileges from anon, or the policy's roles; accept what anonymous users send through a
--     function that checks it.
-- cannot see: limits that stand before the API, such as a rate limit or a captcha.

select
    format('%I.%I', nspname, relname) as object,
    format('anon may %s in table %I.%I.', string_agg(access.command, ', ' order by access.command),
        nspname, relname) as detail,
    case when bool_and(access.command = 'insert') then 'medium' else 'high' end as severity,
    jsonb_build_object('commands', jsonb_agg(access.command order by access.command), 'path',
        format('anon → table %I.%I → %s', nspname, relname, string_agg(access.command, ', '))) as metadata,
    format('revoke %s on %I.%I from anon;', string_agg(access.command, ', ' order by access.command),
        nspname, relname) as fix,
    jsonb_build_object('what', format('%s in %I.%I', string_agg(access.command, ' or ' order by access.command), nspname, relname), 'roles', '["anon"]'::jsonb, 'relations', jsonb_agg(distinct access.relation::oid), 'verbs', string_agg(case access.command when 'insert' then 'into' when 'delete' then 'delete\s+from' else access.command end, '|')) as takes
from maint.row_access() as access
join pg_class on pg_class.oid = access.relation
join pg_namespace on pg_namespace.oid = relnamespace and pg_namespace.oid in (select maint.exposed_schemas())
where access.visitor_name = 'anon' and access.passers = 'rows' and access.command <> 'select'
    and case access.command when 'delete' then has_table_privilege(access.visitor, access.relation, 'delete')
        else has_any_column_privilege(access.visitor, access.relation, access.command) end
group by nspname, relname
