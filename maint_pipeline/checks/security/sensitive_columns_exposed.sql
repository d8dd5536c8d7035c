-- title: Columns with secrets exposed through the API
-- severity: high, because their names say what would leak
-- needs: pg_catalog.pg_attribute
-- description: A column whose name suggests passwords, keys, card or tax numbers can be read by anon, or by
--     every signed-in user, with nothing to say which rows: row level security is off, or a policy allows
--     to read all of them, or it is a view or materialized view.
-- remediation: Revoke select on the table, or grant it on the other columns only; keep such data in a schema
--     that the API does not serve.
-- thresholds: names text = password,passwd,secret,token,api_key,private_key,credit_card,card_number,iban,ssn,tax_number,tin

select
    format('%s.%I', exposed.name, attname) as object,
    format('Column %I of %s can be read by %s.', attname, exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke select on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.exposed_relations('rpvmf') as exposed
join pg_class on pg_class.oid = exposed.relation
join pg_attribute on attrelid = exposed.relation and attnum > 0 and not attisdropped
join maint.api_roles() as visitor
    on has_column_privilege(visitor.role, exposed.relation, attnum, 'select')
where attname ~* ('(^|_)(' || array_to_string(maint.listed(_names), '|') || ')(_|$)')
    -- What is stored encrypted or hashed is no secret to whoever reads it.
    and attname !~* '(encrypted|hash|nonce|_id$|_at$)'
    and (not relrowsecurity or exists (
        select from maint.policies() as policy
        where policy.relation = exposed.relation and policy.is_permissive
            and policy.command in ('select', 'all') and btrim(policy.using_text, '() ') = 'true'
            and maint.concerns(policy.roles, visitor.role)
    ))
group by exposed.name, attname
